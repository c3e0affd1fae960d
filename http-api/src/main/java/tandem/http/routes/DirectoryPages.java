package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tandem.http.json.Wire;
import tandem.http.port.RouterPort;
import tandem.router.directory.Directory;

/** The lists of what a tenant's directory names: a page of names, then each thing as it is. */
final class DirectoryPages {
  private final RouterPort router;
  private final Materializer materializer;

  DirectoryPages(RouterPort router, Materializer materializer) {
    this.router = router;
    this.materializer = materializer;
  }

  /**
   * Answers with the page that {@code cursor} and {@code limit} ask for.
   *
   * @param names which of the directory's lists
   * @param ask how a thing looks; empty, and left out, when its entity knows nothing of it
   */
  <T> CompletionStage<HttpResponse> page(
      Exchange exchange,
      Function<Directory.Listing, SortedSet<String>> names,
      Function<String, CompletionStage<Optional<T>>> ask) {
    Query query = exchange.query();
    String after = query.text("cursor", Pages::opened).orElse(null);
    int limit = query.integer("limit", 1, Pages.LIMIT, Pages.DEFAULT_LIMIT);
    query.finish();
    return router
        .directory(exchange.tenant())
        .thenApply(listing -> Pages.of(names.apply(listing), after, limit))
        .thenCompose(
            page ->
                Gather.all(page.names(), ask, materializer)
                    .thenApply(
                        things -> {
                          List<T> there = things.stream().flatMap(Optional::stream).toList();
                          return Replies.json(200, new Wire.Page<>(there, page.next()));
                        }));
  }
}
