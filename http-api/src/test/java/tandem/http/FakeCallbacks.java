package tandem.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tandem.http.port.CallbackWish;
import tandem.router.call.Call;
import tandem.router.call.Call.Asked;
import tandem.router.domain.CallId;
import tandem.router.feed.CallView;
import tandem.router.feed.CallView.Status;

/** Calls that promise to call back, and callbacks that are called off. */
final class FakeCallbacks {
  private final FakeRouter router;
  private final Map<CallId, CallView> coming = new ConcurrentHashMap<>();

  /** What was asked for last. */
  final AtomicReference<CallbackWish> asked = new AtomicReference<>();

  /** How many looks find no callback yet that was promised. */
  final AtomicInteger unseen = new AtomicInteger();

  FakeCallbacks(FakeRouter router) {
    this.router = router;
  }

  Call.AskedReply ask(CallId id, CallbackWish wish) {
    asked.set(wish);
    FakeRouter.Versioned<CallView> call = router.calls.get(id);
    if (call == null) {
      return new Call.AskedReply(Asked.NO_SUCH_CALL, null);
    } else if (call.view().state() != Status.QUEUED) {
      return new Call.AskedReply(Asked.NOT_WAITING, null);
    } else if (!call.view().callerNumber().startsWith("+") && wish.number() == null) {
      return new Call.AskedReply(Asked.NO_NUMBER, null);
    }
    router.put(Views.promised(call.view()));
    coming.put(id.callback(), Views.callback(id, Status.CALLBACK));
    return new Call.AskedReply(Asked.DONE, id.callback());
  }

  Call.AskedReply cancel(CallId id) {
    FakeRouter.Versioned<CallView> call = router.calls.get(id);
    Asked asked =
        call == null
            ? Asked.NO_SUCH_CALL
            : call.view().callback() == null
                ? Asked.NO_CALLBACK
                : call.view().state() == Status.CALLBACK ? Asked.DONE : Asked.NOT_WAITING;
    return new Call.AskedReply(asked, null);
  }

  /** Somebody looks for a call, which may be one that was to come. */
  void look(CallId id) {
    if (coming.containsKey(id) && unseen.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      router.put(coming.get(id));
      coming.remove(id);
    }
  }
}
