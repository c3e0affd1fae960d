package tandem.http.port;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.router.domain.CallId;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;

/** Which calls of a tenant live: the switch links together are the list of open calls. */
public final class LiveCalls {
  private static final Logger log = LoggerFactory.getLogger(LiveCalls.class);

  private final RouterPort router;

  public LiveCalls(RouterPort router) {
    this.router = router;
  }

  /**
   * What the links said.
   *
   * @param complete whether every link has answered
   */
  public record Found(Set<CallId> calls, boolean complete) {}

  /**
   * Asks every link; one that does not answer is left out, since its calls are better missing from
   * a list than the others hidden by it.
   */
  public CompletionStage<Found> of(TenantId tenant) {
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    Set<CallId> calls = Collections.synchronizedSet(new TreeSet<>());
    for (SwitchId id : router.switches()) {
      answers.add(
          router
              .switchCalls(id, tenant)
              .handle(
                  (answer, failure) -> {
                    if (failure != null) {
                      log.debug("Switch {} did not list its calls: {}", id, failure.toString());
                      return false;
                    }
                    calls.addAll(answer.calls());
                    return true;
                  })
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> new Found(calls, answers.stream().allMatch(answer -> answer.getNow(false))));
  }
}
