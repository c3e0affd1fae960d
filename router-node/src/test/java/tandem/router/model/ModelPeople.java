package tandem.router.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.call.CallPeek;
import tandem.router.call.CallState;
import tandem.router.call.Operation;
import tandem.router.call.RemarkEvent;
import tandem.router.call.Target;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.TenantId;
import tandem.router.edge.Outbound;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.TapeMode;

/** What people want of calls: anything, of any call, at any moment, and now and then twice. */
final class ModelPeople {
  private final ModelWorld world;
  private final Random random;
  private final TenantId tenant;
  private int keys;

  ModelPeople(ModelWorld world, TenantId tenant) {
    this.world = world;
    this.random = world.faults.random;
    this.tenant = tenant;
  }

  /** They do so until this moment. */
  void actUntil(long millis) {
    if (world.clock.millis() < millis) {
      CallId call = call();
      if (call != null) {
        act(call);
      }
      world.clock.in(world.faults.between(20, 1800), () -> actUntil(millis));
    }
  }

  /** An agent calls somebody; who asks for it asks until the link has it. */
  void place() {
    String key = "outbound-" + ++keys;
    CallId call = CallId.ofOutbound(tenant, key);
    world.born(call);
    Outbound outbound =
        new Outbound(
            agent(),
            new PhoneNumber("+14155550111"),
            new PhoneNumber("+14155550100"),
            Duration.ofSeconds(5 + random.nextInt(15)),
            world.clock.now(),
            "somebody");
    world.place(call, outbound, 3);
  }

  /**
   * Whoever has written something about a call that is over looks at it again: once its link has
   * forgotten it nothing else wakes it, and a crash may have come before the record had it.
   */
  void lookAgain() {
    world.calls.forEach(
        (id, call) -> {
          int size = call.journal.size();
          if (size > 0 && call.journal.get(size - 1) instanceof RemarkEvent) {
            call.deliver(new Call.Get(null));
          }
        });
  }

  private CallId call() {
    List<CallId> live = new ArrayList<>();
    List<CallId> talking = new ArrayList<>();
    world.calls.forEach(
        (id, call) -> {
          CallState state = call.peek();
          if (state != null && !CallPeek.isOver(state)) {
            live.add(id);
            String activity = CallPeek.activity(state);
            if (activity.equals("Bridged") || activity.equals("Holding")) {
              talking.add(id);
            }
          }
        });
    if (!talking.isEmpty() && chance(0.85)) {
      return one(talking);
    } else if (!live.isEmpty() && chance(0.6)) {
      return one(live);
    }
    return world.calls.isEmpty() || chance(0.9) ? null : one(List.copyOf(world.calls.keySet()));
  }

  private void act(CallId call) {
    CallState state = world.calls.get(call).peek();
    if (state != null && CallPeek.activity(state).equals("Holding") && chance(0.4)) {
      // Several at once: one of them gets it.
      for (int i = random.nextInt(3); i >= 0; i--) {
        does(call, new Operation.PickUp(agent()));
      }
      return;
    }
    List<LegId> people = state == null ? List.of() : CallPeek.people(state);
    Operation operation = fitting(state, people);
    if (operation instanceof Operation.Transfer
        || operation instanceof Operation.Park
        || operation instanceof Operation.Consult) {
      becomesReady();
    }
    does(call, operation);
  }

  /** Somebody who is away for a while is back: a target that answers. */
  private void becomesReady() {
    if (chance(0.5)) {
      world.agents.get(agent()).deliver(new Agent.SetPresence(Presence.READY, null, null));
    }
  }

  private void does(CallId call, Operation operation) {
    String key = "key-" + ++keys;
    send(call, key, operation);
    if (chance(0.25)) {
      // Whoever heard no answer asks again with the same key.
      world.clock.in(world.faults.between(0, 6000), () -> send(call, key, operation));
    }
    if (chance(0.03)) {
      world.clock.in(world.faults.between(0, 6000), () -> send(call, key, operation(List.of())));
    }
  }

  private void send(CallId call, String key, Operation operation) {
    world.log("somebody wants of " + call + " with " + key + ": " + operation);
    world.calls.get(call).deliver(new Call.Control(key, "somebody", operation, null));
  }

  /** What only few moments allow is drawn more often in these. */
  private Operation fitting(CallState state, List<LegId> people) {
    if (state != null && CallPeek.isConsulting(state) && chance(0.5)) {
      return switch (random.nextInt(8)) {
        case 0 -> new Operation.Swap();
        case 1 -> new Operation.CancelConsult();
        case 2, 3, 4 -> new Operation.Merge();
        default -> new Operation.Complete();
      };
    } else if (state != null && CallPeek.isListenedTo(state) && chance(0.2)) {
      return new Operation.TakeOver(new AgentId(tenant, "sue"));
    } else if (people.size() > 2 && chance(0.1)) {
      return new Operation.Remove(one(people));
    }
    return operation(people);
  }

  private Operation operation(List<LegId> people) {
    LegId leg = people.isEmpty() ? new LegId(world.newId()) : one(people);
    return switch (random.nextInt(40)) {
      case 0, 1, 2 -> new Operation.Hold();
      case 3, 4, 5 -> new Operation.Resume();
      case 6, 7 -> new Operation.Mute(leg, random.nextBoolean());
      case 8, 9 -> new Operation.Press("12#", chance(0.5) ? null : leg);
      case 10, 11, 12, 13 -> new Operation.Transfer(target(), acting());
      case 14, 15, 16, 17 -> new Operation.Consult(target(), acting());
      case 18 -> new Operation.Swap();
      case 19, 20, 21 -> new Operation.Complete();
      case 22 -> new Operation.CancelConsult();
      case 23, 24 -> new Operation.Merge();
      case 25, 26, 27 ->
          new Operation.Park("lot", chance(0.7) ? null : 700 + random.nextInt(4), acting());
      case 28, 29 -> new Operation.Add(target());
      case 30 -> new Operation.Remove(leg);
      case 31 -> new Operation.Lock(chance(0.3));
      case 32, 33 ->
          new Operation.Supervise(
              chance(0.6) ? new AgentId(tenant, "sue") : agent(), acting(), one(Ear.values()));
      case 34 -> new Operation.StopSupervising(new AgentId(tenant, "sue"));
      case 35 -> new Operation.TakeOver(chance(0.8) ? new AgentId(tenant, "sue") : agent());
      case 36 -> new Operation.Tape(one(TapeMode.values()));
      case 37 -> chance(0.3) ? new Operation.HangUp() : new Operation.PickUp(agent());
      case 38 -> chance(0.5) ? new Operation.Decline(agent()) : new Operation.Answer(agent());
      default -> remark();
    };
  }

  private Operation remark() {
    return switch (random.nextInt(4)) {
      case 0 -> new Operation.Note("noted");
      case 1 -> new Operation.Tag(List.of("a", "b"), List.of("c"));
      case 2 -> new Operation.Dispose("sold", null);
      default -> new Operation.SetAttributes(Map.of("a", "b"));
    };
  }

  private Target target() {
    double drawn = random.nextDouble();
    if (drawn < 0.55) {
      return new Target.ToAgent(agent());
    } else if (drawn < 0.65) {
      return new Target.ToExtension(chance(0.9) ? "71" : "79");
    } else if (drawn < 0.85) {
      return new Target.ToNumber(new PhoneNumber(chance(0.9) ? "+14155550122" : "+4930123456"));
    } else if (drawn < 0.95) {
      return new Target.ToQueue(chance(0.5) ? "support" : "sales");
    }
    return new Target.ToFlow("main");
  }

  private AgentId acting() {
    return chance(0.7) ? null : agent();
  }

  private AgentId agent() {
    return one(List.copyOf(world.agents.keySet()));
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @SafeVarargs
  private <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }
}
