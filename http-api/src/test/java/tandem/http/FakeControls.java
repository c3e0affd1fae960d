package tandem.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tandem.router.call.Call;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.domain.CallId;
import tandem.router.domain.SwitchId;
import tandem.router.edge.Outbound;
import tandem.router.feed.CallView;
import tandem.router.feed.CallView.Status;

/** Calls that do what they are asked, each request once, or refuse as they were told to. */
final class FakeControls {
  record Asked(CallId call, String key, String by, Operation operation) {}

  record Placed(SwitchId home, CallId call, Outbound outbound) {}

  private final FakeRouter router;
  private final Map<String, Operation> done = new ConcurrentHashMap<>();
  private final Map<CallId, CallView> coming = new ConcurrentHashMap<>();

  /** What was done, in order; a request that came again is there once. */
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  final List<Placed> placed = new CopyOnWriteArrayList<>();

  /** Why calls do nothing from now on; null when they do. */
  volatile Refusal refusal;

  /** How many looks find no call yet that was placed. */
  final AtomicInteger unseen = new AtomicInteger();

  FakeControls(FakeRouter router) {
    this.router = router;
  }

  void clear() {
    asked.clear();
    placed.clear();
    done.clear();
    coming.clear();
    refusal = null;
    unseen.set(0);
  }

  Call.ControlReply control(CallId id, String key, String by, Operation operation) {
    FakeRouter.Versioned<CallView> call = router.calls.get(id);
    if (call == null) {
      return new Call.ControlReply(Refusal.NO_SUCH_CALL, null, 0);
    } else if (refusal != null) {
      return new Call.ControlReply(refusal, call.view(), call.seq());
    }
    Operation before = done.putIfAbsent(id + key, operation);
    if (before == null) {
      asked.add(new Asked(id, key, by, operation));
    }
    boolean same = before == null || before.equals(operation);
    return new Call.ControlReply(same ? null : Refusal.OTHER_REQUEST, call.view(), call.seq());
  }

  void place(SwitchId home, CallId id, Outbound outbound) {
    placed.add(new Placed(home, id, outbound));
    coming.put(id, Views.call(id, Status.TRANSFERRING));
  }

  /** Somebody looks for a call, which may be one that was placed. */
  void look(CallId id) {
    if (coming.containsKey(id) && unseen.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      router.put(coming.get(id));
      coming.remove(id);
    }
  }
}
