package tandem.http.routes;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaRange;
import akka.http.javadsl.model.MediaType;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.Accept;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.http.json.Explanation;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.port.RouterPort;
import tandem.http.routes.Endpoint.Access;
import tandem.http.routes.Endpoint.Content;
import tandem.persistence.readmodel.CallHistory;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Plan;
import tandem.router.plan.RoutingPlan;

/**
 * {@code /api/v1/calls/{id}/explanation}: why a call went as it did, as JSON or as plain text. What
 * the events no longer say, or the archive no longer has, is said to be missing.
 */
final class ExplanationRoutes {
  private static final Logger log = LoggerFactory.getLogger(ExplanationRoutes.class);
  private static final String PATH = "/api/v1/calls/{id}/explanation";

  /** Versions of the plan read for one call (count): a plan is at most 256 KiB. */
  private static final int MOST_VERSIONS = 20;

  private final RouterPort router;
  private final CallHistory history;
  private final PlanReads reads;

  ExplanationRoutes(RouterPort router, CallHistory history, PlanReads reads) {
    this.router = router;
    this.history = history;
    this.reads = reads;
  }

  List<Endpoint> endpoints() {
    // Two forms: what the client accepts is looked at here.
    return List.of(
        new Endpoint("GET", PATH, Access.TENANT, Content.OTHER, null, this::explanation));
  }

  private CompletionStage<HttpResponse> explanation(Exchange exchange) {
    exchange.query().finish();
    boolean text = wantsText(exchange.request());
    CallId id = exchange.call();
    return events(id)
        .thenCompose(
            events ->
                plans(exchange.tenant(), versions(events))
                    .thenApply(
                        plans ->
                            Explanation.of(
                                id, events, plans, events.size() >= CallHistory.MAX_EVENTS)))
        .thenApply(
            explanation ->
                text ? Replies.text(explanation.text()) : Replies.json(200, explanation.json()));
  }

  private CompletionStage<List<Call.Event>> events(CallId id) {
    return history
        .events(id)
        .handle(
            (events, failure) -> {
              if (failure != null) {
                Throwable cause =
                    failure instanceof CompletionException ? failure.getCause() : failure;
                log.warn("The call history did not answer: {}", String.valueOf(cause));
                throw new ProblemException(
                    Problem.of(503, "The call history is out of reach; try again."));
              } else if (events.isEmpty()) {
                throw new ProblemException(Problem.notFound("call", id.channel()));
              }
              return events;
            });
  }

  /** The versions of the plan that routed the call. */
  private static SortedSet<Long> versions(List<Call.Event> events) {
    SortedSet<Long> versions = new TreeSet<>();
    for (Call.Event event : events) {
      if (event instanceof Call.Routed routed
          && routed.routing().plan() > 0
          && versions.size() < MOST_VERSIONS) {
        versions.add(routed.routing().plan());
      }
    }
    return versions;
  }

  /** Those of the versions that can be read. */
  private CompletionStage<Map<Long, Plan>> plans(TenantId tenant, SortedSet<Long> versions) {
    if (versions.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    return router
        .currentPlan(tenant)
        .thenCompose(
            current -> {
              CompletionStage<Map<Long, Plan>> all =
                  CompletableFuture.completedFuture(new TreeMap<>());
              for (long version : versions) {
                all = all.thenCompose(found -> with(found, tenant, version, current));
              }
              return all;
            });
  }

  private CompletionStage<Map<Long, Plan>> with(
      Map<Long, Plan> found, TenantId tenant, long version, RoutingPlan.InForce current) {
    return document(tenant, version, current)
        .thenCompose(
            text ->
                text.isEmpty()
                    ? CompletableFuture.completedFuture(found)
                    : reads
                        .read(text.get())
                        .thenApply(
                            reading -> {
                              @Nullable Plan plan = reading.plan();
                              if (plan != null) {
                                found.put(version, plan);
                              }
                              return found;
                            }));
  }

  /** A version's text: of the one in force from the plan itself, else from the archive. */
  private CompletionStage<Optional<String>> document(
      TenantId tenant, long version, RoutingPlan.InForce current) {
    RoutingPlan.Version now = current.version();
    if (now != null && now.version() == version) {
      return CompletableFuture.completedFuture(Optional.ofNullable(current.text()));
    } else if (now == null || version > now.version()) {
      // No entity is started for a number nobody used.
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return router.archivedPlan(tenant, version).thenApply(kept -> Optional.ofNullable(kept.text()));
  }

  /** Whether plain text is liked better than JSON; 406 when neither is. */
  private static boolean wantsText(HttpRequest request) {
    Optional<Accept> accept = request.getHeader(Accept.class);
    if (accept.isEmpty()) {
      return false;
    }
    List<MediaRange> ranges = new ArrayList<>();
    accept.get().getMediaRanges().forEach(ranges::add);
    float json = liked(ranges, MediaTypes.APPLICATION_JSON);
    float text = liked(ranges, MediaTypes.TEXT_PLAIN);
    if (json == 0 && text == 0) {
      throw new ProblemException(
          Problem.of(406, "Answers here are application/json or text/plain."));
    }
    return text > json;
  }

  private static float liked(List<MediaRange> ranges, MediaType type) {
    float most = 0;
    for (MediaRange range : ranges) {
      if (range.matches(type)) {
        most = Math.max(most, range.qValue());
      }
    }
    return most;
  }
}
