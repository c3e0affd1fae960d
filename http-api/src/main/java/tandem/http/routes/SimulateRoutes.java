package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.TimeoutAccess;
import akka.stream.Materializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import scala.concurrent.duration.FiniteDuration;
import tandem.http.json.Fields;
import tandem.http.json.Json;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.SimulationWire;
import tandem.http.port.RouterPort;
import tandem.persistence.readmodel.CallFilter;
import tandem.persistence.readmodel.CallHistory;
import tandem.router.domain.AgentId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.simulate.Progress;
import tandem.router.domain.simulate.SimulationReport;
import tandem.router.domain.simulate.Staffing;
import tandem.router.domain.simulate.Traffic;
import tandem.router.feed.AgentView;

/**
 * {@code /api/v1/plans/{version}/simulate}: a day's calls against a plan. The answer is the run
 * itself, line by line, and nothing of it stays: any node may be asked.
 */
final class SimulateRoutes {
  /** 200,000 calls as CSV, with attributes (bytes). */
  private static final int MAX_BODY = 32 * 1024 * 1024;

  private static final Duration BODY_TIMEOUT = Duration.ofSeconds(60);

  /** Until the first line: the body, the plan, the agents. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

  private final RouterPort router;
  private final CallHistory history;
  private final PlanDocuments documents;
  private final PlanReads reads;
  private final Simulations simulations;
  private final Materializer materializer;

  SimulateRoutes(
      RouterPort router,
      CallHistory history,
      PlanReads reads,
      Simulations simulations,
      Materializer materializer) {
    this.router = router;
    this.history = history;
    this.documents = new PlanDocuments(router);
    this.reads = reads;
    this.simulations = simulations;
    this.materializer = materializer;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.sendLarge(PlanRoutes.ONE + "/simulate", this::simulate));
  }

  /** The calls: given, or read while the client hears of progress. */
  @FunctionalInterface
  private interface Calls {
    CompletionStage<Optional<Traffic>> read(Progress progress);
  }

  private CompletionStage<HttpResponse> simulate(Exchange exchange) {
    exchange.query().finish();
    PlanName name = exchange.plan(PlanName::parse);
    TenantId tenant = exchange.tenant();
    // Before the body is read: at most so many of that size are held.
    Simulations.Place place = simulations.take(tenant);
    exchange
        .request()
        .getHeader(TimeoutAccess.class)
        .ifPresent(
            header ->
                header
                    .timeoutAccess()
                    .updateTimeout(
                        FiniteDuration.create(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS)));
    return exchange
        .large(MAX_BODY, BODY_TIMEOUT)
        .thenApplyAsync(
            body -> SimulationRequest.of(new Fields(Json.large(body)), tenant),
            simulations.threads())
        .thenCompose(asked -> prepare(tenant, name, asked))
        .handle(
            (work, failure) -> {
              if (failure != null) {
                place.end();
                throw new CompletionException(failure);
              }
              return Replies.lines(SimulationLines.of(place, simulations.threads(), work));
            });
  }

  private CompletionStage<SimulationLines.Work> prepare(
      TenantId tenant, PlanName name, SimulationRequest asked) {
    return documents
        .find(tenant, name)
        .thenCompose(
            document ->
                reads
                    .stored(document)
                    .thenCompose(
                        plan ->
                            staffing(tenant, asked)
                                .thenCompose(
                                    staffing ->
                                        calls(tenant, asked)
                                            .thenApply(
                                                calls ->
                                                    progress ->
                                                        run(
                                                            document,
                                                            // What was set by hand is of today,
                                                            // and the calls are of another day.
                                                            new PlanInForce(
                                                                document.number(), plan, Map.of()),
                                                            calls,
                                                            staffing,
                                                            asked,
                                                            progress)))));
  }

  private CompletionStage<Optional<SimulationWire.Report>> run(
      PlanDocument document,
      PlanInForce plan,
      Calls calls,
      Staffing staffing,
      SimulationRequest asked,
      Progress progress) {
    return calls
        .read(progress)
        .thenApplyAsync(
            read ->
                read.flatMap(
                        traffic ->
                            simulations
                                .engine()
                                .run(plan, traffic, staffing, asked.options(), progress))
                    .map(report -> wire(report, document)),
            simulations.threads());
  }

  private static SimulationWire.Report wire(SimulationReport report, PlanDocument document) {
    @Nullable Long revision = document.version() == null ? document.revision() : null;
    return SimulationWire.report(report, document.version(), revision);
  }

  private CompletionStage<Calls> calls(TenantId tenant, SimulationRequest asked) {
    Traffic given = asked.traffic();
    CallFilter filter = asked.recorded();
    if (given != null || filter == null) {
      return CompletableFuture.completedFuture(
          progress -> CompletableFuture.completedFuture(Optional.ofNullable(given)));
    }
    RecordedCalls recorded = new RecordedCalls(history, tenant, filter, simulations.threads());
    return recorded
        .first()
        .thenApply(
            first ->
                progress ->
                    recorded
                        .all(first, () -> progress.at(0))
                        .thenApply(
                            traffic -> {
                              traffic.ifPresent(SimulationRequest::requireTalk);
                              return traffic;
                            }));
  }

  private CompletionStage<Staffing> staffing(TenantId tenant, SimulationRequest asked) {
    Staffing given = asked.staffing();
    if (given != null) {
      return CompletableFuture.completedFuture(given);
    }
    return router
        .directory(tenant)
        .thenCompose(
            listing -> {
              if (listing.agents().size() > Staffing.MOST) {
                throw new ProblemException(
                    Problem.field("agents", "must be at most " + Staffing.MOST));
              }
              return Gather.all(
                  listing.agents(), name -> router.agent(new AgentId(tenant, name)), materializer);
            })
        .thenApply(
            replies -> {
              List<Staffing.Member> members =
                  replies.stream()
                      .flatMap(reply -> Optional.ofNullable(reply.view()).stream())
                      .map(SimulateRoutes::member)
                      .toList();
              if (members.isEmpty()) {
                throw new ProblemException(
                    Problem.field("agents", "the tenant has none; give them as csv"));
              }
              return Staffing.of(members);
            });
  }

  private static Staffing.Member member(AgentView agent) {
    return new Staffing.Member(
        agent.id(),
        agent.traits(),
        Set.copyOf(agent.queues()),
        agent.capacity(),
        null,
        0,
        List.of());
  }
}
