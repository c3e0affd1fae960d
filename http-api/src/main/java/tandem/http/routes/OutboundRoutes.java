package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.port.RouterPort;
import tandem.persistence.readmodel.CallHistory;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.call.Refusal;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.Durations;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.SwitchId;
import tandem.router.domain.plan.Dialing;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.Outbound;
import tandem.router.feed.AgentView;
import tandem.router.plan.document.PlanLimits;

/**
 * {@code POST /api/v1/calls}: an agent calls somebody. The request makes the call's id, so that the
 * same request, sent again, is the same call.
 */
final class OutboundRoutes {
  private static final String CALLS = "/api/v1/calls";
  private static final Duration RING = Duration.ofSeconds(30);
  private static final int LONGEST_NUMBER = 40;

  private final RouterPort router;
  private final CallHistory history;
  private final KnownCalls calls;
  private final OutgoingNumbers numbers;
  private final Materializer materializer;
  private final Clock clock;

  OutboundRoutes(
      RouterPort router,
      CallHistory history,
      PlanReads reads,
      Materializer materializer,
      Clock clock) {
    this.router = router;
    this.history = history;
    this.calls = new KnownCalls(router, history, materializer);
    this.numbers = new OutgoingNumbers(router, reads);
    this.materializer = materializer;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.send("POST", CALLS, this::place));
  }

  /**
   * What somebody wants.
   *
   * @param to as it was typed
   * @param shown to whom the agent calls; null for the agent's own, or what the plan says
   */
  private record Wish(AgentId agent, String to, @Nullable PhoneNumber shown, Duration ring) {}

  private CompletionStage<HttpResponse> place(Exchange exchange) {
    exchange.query().finish();
    String key = IdempotencyKey.of(exchange);
    CallId id = CallId.ofOutbound(exchange.tenant(), key);
    Wish wish = wish(exchange);
    String by = exchange.author();
    return agent(wish.agent())
        .thenCompose(
            agent ->
                numbers
                    .resolve(id.tenant(), wish.to(), wish.shown(), agent.callerId())
                    .thenCompose(
                        allowed ->
                            CallRoutes.reachable(history.get(id))
                                .thenCompose(
                                    found -> {
                                      Outbound outbound = outbound(wish, allowed, by);
                                      return found.isPresent()
                                          ? again(found.get(), outbound)
                                          : place(id, agent, outbound);
                                    })));
  }

  private static Wish wish(Exchange exchange) {
    Fields fields = exchange.fields().required("agent", "to");
    Optional<AgentId> agent = fields.text("agent", name -> new AgentId(exchange.tenant(), name));
    Optional<String> to = fields.text("to", OutboundRoutes::typed);
    PhoneNumber shown = fields.text("shown", PhoneNumber::new).orElse(null);
    Duration ring = fields.text("ring", OutboundRoutes::ring).orElse(RING);
    fields.finish();
    return new Wish(agent.orElseThrow(), to.orElseThrow(), shown, ring);
  }

  private static String typed(String text) {
    if (text.isBlank() || text.length() > LONGEST_NUMBER) {
      throw new IllegalArgumentException("must be 1 to " + LONGEST_NUMBER + " characters");
    }
    return text;
  }

  private static Duration ring(String text) {
    Duration ring = Durations.parse(text);
    if (ring.compareTo(PlanLimits.SHORTEST_CALLBACK_RING) < 0
        || ring.compareTo(PlanLimits.LONGEST_RING) > 0) {
      throw new IllegalArgumentException(
          "must be %s to %s, got %s"
              .formatted(PlanLimits.SHORTEST_CALLBACK_RING, PlanLimits.LONGEST_RING, ring));
    }
    return ring;
  }

  private CompletionStage<AgentView> agent(AgentId id) {
    return router
        .directory(id.tenant())
        .thenCompose(
            listing -> {
              ControlRoutes.requireAgent(listing, id.name());
              return router.agent(id);
            })
        .thenApply(
            reply -> {
              AgentView view = reply.view();
              if (view == null) {
                throw Refusals.of(Refusal.NO_SUCH_AGENT);
              }
              return view;
            });
  }

  private Outbound outbound(Wish wish, Dialing.Outcome.Allowed allowed, String by) {
    return new Outbound(
        wish.agent(), allowed.number(), allowed.shown(), wish.ring(), clock.instant(), by);
  }

  /** The call is there already: it is the same, or the key was used for another one. */
  private CompletionStage<HttpResponse> again(CallRecord record, Outbound wanted) {
    return requireSame(record.id(), wanted)
        .thenCompose(
            same ->
                record.ended()
                    ? CompletableFuture.completedFuture(Wire.call(record))
                    : router
                        .call(record.id())
                        .thenApply(
                            reply ->
                                reply.view() == null ? Wire.call(record) : Wire.call(reply.view())))
        .thenApply(call -> Replies.json(200, call));
  }

  /** Fails with 422 when the call is not what is wanted now. */
  private CompletionStage<Boolean> requireSame(CallId id, Outbound wanted) {
    return CallRoutes.reachable(history.events(id))
        .thenApply(
            events -> {
              Outbound made =
                  events.isEmpty() || !(events.get(0) instanceof Call.Arrived arrived)
                      ? null
                      : arrived.arrival().outbound();
              if (made != null
                  && (!made.agent().equals(wanted.agent())
                      || !made.to().equals(wanted.to())
                      || !made.shown().equals(wanted.shown())
                      || !made.ring().equals(wanted.ring()))) {
                throw Refusals.of(Refusal.OTHER_REQUEST);
              }
              return true;
            });
  }

  private CompletionStage<HttpResponse> place(CallId id, AgentView agent, Outbound outbound) {
    if (agent.presence() == Presence.OFFLINE) {
      throw new ProblemException(
          Problem.conflict(Agent.DeclineReason.OFFLINE, "The agent is not signed in."));
    }
    return home(id)
        .thenCompose(
            home -> {
              router.placeCall(home, id, outbound);
              return calls.until(id);
            })
        .thenCompose(
            seen ->
                requireSame(id, outbound)
                    .thenApply(
                        same ->
                            Replies.created(
                                CALLS + '/' + id.channel(),
                                Wire.call(
                                    seen.orElseThrow(
                                        () ->
                                            new ProblemException(
                                                Problem.of(
                                                    503,
                                                    "The switch has not begun the call in time;"
                                                        + " try again with the same "
                                                        + IdempotencyKey.HEADER
                                                        + '.')))))));
  }

  /** One of the switches that are ready, the same one for the same call; 503 when none is. */
  private CompletionStage<SwitchId> home(CallId id) {
    return Gather.all(router.switches(), this::ready, materializer)
        .thenApply(
            all -> {
              List<SwitchId> ready = all.stream().flatMap(Optional::stream).sorted().toList();
              if (ready.isEmpty()) {
                throw new ProblemException(Problem.of(503, "No switch is ready; try again."));
              }
              return ready.get(Math.floorMod(id.value().hashCode(), ready.size()));
            });
  }

  private CompletionStage<Optional<SwitchId>> ready(SwitchId id) {
    return router
        .switchStatus(id)
        .handle(
            (status, failure) ->
                failure == null && status.state() == LinkState.READY
                    ? Optional.of(id)
                    : Optional.empty());
  }
}
