package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Wire;
import tandem.http.port.RouterPort;
import tandem.http.routes.Endpoint.Access;
import tandem.http.routes.Endpoint.Content;
import tandem.http.routes.Endpoint.Handler;
import tandem.persistence.readmodel.CallHistory;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.call.Call;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.call.Target;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;

/** {@code /api/v1/calls/{id}/…}: everything people do with a call. */
final class ControlRoutes {
  private static final String ONE = "/api/v1/calls/{id}";
  private static final String CONSULT = ONE + "/consult";
  private static final String PERSON = ONE + "/people/{leg}";
  private static final String SUPERVISOR = ONE + "/supervisors/{agent}";

  /** A call that is over that long is only history: its own journal does not last much longer. */
  private static final Duration REMARKS_FOR = Duration.ofDays(7);

  private final RouterPort router;
  private final KnownCalls calls;
  private final Clock clock;

  ControlRoutes(RouterPort router, CallHistory history, Materializer materializer, Clock clock) {
    this.router = router;
    this.calls = new KnownCalls(router, history, materializer);
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        plain("/hangup", new Operation.HangUp()),
        asked("/answer", fields -> new Operation.Answer(fields.agent())),
        asked("/decline", fields -> new Operation.Decline(fields.agent())),
        plain("/hold", new Operation.Hold()),
        plain("/resume", new Operation.Resume()),
        asked("/digits", ControlFields::press),
        asked("/transfer", ControlFields::transfer),
        asked("/consult", ControlFields::consult),
        Endpoint.delete(CONSULT, does(exchange -> new Operation.CancelConsult())),
        plain("/consult/swap", new Operation.Swap()),
        plain("/consult/complete", new Operation.Complete()),
        plain("/consult/merge", new Operation.Merge()),
        asked("/park", ControlFields::park),
        asked("/pickup", fields -> new Operation.PickUp(fields.agent())),
        asked("/people", ControlFields::add),
        Endpoint.send(
            "PATCH", PERSON, does(exchange -> new ControlFields(exchange).mute(exchange.leg()))),
        Endpoint.delete(PERSON, does(exchange -> new Operation.Remove(exchange.leg()))),
        new Endpoint(
            "PUT",
            ONE + "/lock",
            Access.TENANT,
            Content.OPTIONAL_BODY,
            null,
            does(exchange -> new ControlFields(exchange).none(new Operation.Lock(true)))),
        Endpoint.delete(ONE + "/lock", does(exchange -> new Operation.Lock(false))),
        Endpoint.send(
            "PUT",
            SUPERVISOR,
            does(exchange -> new ControlFields(exchange).supervise(exchange.supervisor()))),
        Endpoint.delete(
            SUPERVISOR, does(exchange -> new Operation.StopSupervising(exchange.supervisor()))),
        Endpoint.sendAny(
            SUPERVISOR + "/take-over",
            does(
                exchange ->
                    new ControlFields(exchange)
                        .none(new Operation.TakeOver(exchange.supervisor())))),
        sent("PUT", "/recording", ControlFields::tape),
        asked("/notes", ControlFields::note),
        sent("PATCH", "/tags", ControlFields::tag),
        sent("PUT", "/disposition", ControlFields::dispose),
        sent("PATCH", "/attributes", ControlFields::set));
  }

  private Endpoint plain(String path, Operation operation) {
    return Endpoint.sendAny(
        ONE + path, does(exchange -> new ControlFields(exchange).none(operation)));
  }

  private Endpoint asked(String path, Function<ControlFields, Operation> read) {
    return sent("POST", path, read);
  }

  private Endpoint sent(String method, String path, Function<ControlFields, Operation> read) {
    return Endpoint.send(
        method, ONE + path, does(exchange -> read.apply(new ControlFields(exchange))));
  }

  private Handler does(Function<Exchange, Operation> read) {
    return exchange -> {
      exchange.query().finish();
      CallId id = exchange.call();
      String key = IdempotencyKey.of(exchange);
      Operation operation = read.apply(exchange);
      return named(exchange.tenant(), operation)
          .thenCompose(there -> calls.record("call", id))
          .thenCompose(
              record -> {
                refuseHistory(record);
                return router
                    .control(id, key, exchange.author(), operation)
                    .thenApply(reply -> answer(record, reply));
              });
    };
  }

  private void refuseHistory(CallRecord record) {
    Instant ended = record.endedAt();
    if (ended != null && ended.plus(REMARKS_FOR).isBefore(clock.instant())) {
      throw Refusals.of(Refusal.CALL_ENDED);
    }
  }

  private static HttpResponse answer(CallRecord record, Call.ControlReply reply) {
    Refusal refusal = reply.refusal();
    if (refusal != null) {
      throw Refusals.of(refusal);
    }
    @Nullable CallView view = reply.view();
    return Replies.json(200, view == null ? Wire.call(record) : Wire.call(view));
  }

  /** Fails with 409 when an agent or a queue is named that the tenant does not have. */
  private CompletionStage<Boolean> named(TenantId tenant, Operation operation) {
    Optional<String> agent = agentOf(operation).map(AgentId::name);
    Optional<String> queue =
        targetOf(operation)
            .filter(Target.ToQueue.class::isInstance)
            .map(to -> ((Target.ToQueue) to).queue());
    if (agent.isEmpty() && queue.isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    return router
        .directory(tenant)
        .thenApply(
            listing -> {
              agent.ifPresent(name -> requireAgent(listing, name));
              queue.ifPresent(name -> requireQueue(listing, name));
              return true;
            });
  }

  /** Fails with 409 when the tenant has no such agent. */
  static void requireAgent(Directory.Listing listing, String name) {
    if (!listing.agents().contains(name)) {
      throw Refusals.of(Refusal.NO_SUCH_AGENT, "There is no agent '" + name + "'.");
    }
  }

  private static void requireQueue(Directory.Listing listing, String name) {
    if (!listing.queues().contains(name)) {
      throw Refusals.of(Refusal.NO_SUCH_QUEUE, "There is no queue '" + name + "'.");
    }
  }

  /** Whose phone the call would ring. */
  private static Optional<AgentId> agentOf(Operation operation) {
    if (operation instanceof Operation.PickUp o) {
      return Optional.of(o.agent());
    } else if (operation instanceof Operation.Supervise o) {
      return Optional.of(o.supervisor());
    }
    return targetOf(operation)
        .filter(Target.ToAgent.class::isInstance)
        .map(to -> ((Target.ToAgent) to).agent());
  }

  private static Optional<Target> targetOf(Operation operation) {
    if (operation instanceof Operation.Transfer o) {
      return Optional.of(o.to());
    } else if (operation instanceof Operation.Consult o) {
      return Optional.of(o.to());
    }
    return operation instanceof Operation.Add o ? Optional.of(o.who()) : Optional.empty();
  }
}
