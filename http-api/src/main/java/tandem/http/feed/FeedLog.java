package tandem.http.feed;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Json;
import tandem.http.json.Wire;
import tandem.router.domain.CallId;
import tandem.router.feed.AgentView;
import tandem.router.feed.CallView;
import tandem.router.feed.LotView;
import tandem.router.feed.QueueView;
import tandem.router.feed.View;

/**
 * What one tenant's feed knows and has said: each thing with the highest sequence seen, and the
 * last changes for those who come back. Each change becomes JSON once, here.
 */
final class FeedLog {
  /** Ended calls whose late items are still recognized as late. */
  private static final int ENDED_REMEMBERED = 10_000;

  /** A change as clients get it. */
  record Change(long n, String text) {}

  private record Known(View view, long seq, String json) {}

  /** One kind of thing each, so that equal names do not meet. */
  private final Map<String, Known> agents = new TreeMap<>();

  private final Map<String, Known> queues = new TreeMap<>();
  private final Map<String, Known> lots = new TreeMap<>();
  private final Map<String, Known> calls = new TreeMap<>();
  private final Map<String, Long> ended = new Ended();
  private final Deque<Change> ring = new ArrayDeque<>();
  private final String epoch;
  private final int ringSize;
  private long n;

  /** The snapshot as of {@code n}, once somebody wanted it. */
  private @Nullable List<String> snapshot;

  FeedLog(String epoch, int ringSize) {
    this.epoch = epoch;
    this.ringSize = ringSize;
  }

  /**
   * Takes a thing as it was at a sequence number.
   *
   * @return the change to tell, empty when this or a newer state is known already
   */
  Optional<Change> take(View view, long seq, Instant at) {
    String id = Wire.idOf(view);
    Map<String, Known> kind = kind(view);
    Known before = kind.get(id);
    if (before != null && before.seq() >= seq) {
      return Optional.empty();
    }
    if (view instanceof CallView call) {
      Long endedAt = ended.get(id);
      if (endedAt != null && endedAt >= seq) {
        return Optional.empty();
      }
      return Optional.of(call(call, seq, before, at));
    }
    String json = Json.text(Wire.of(view));
    kind.put(id, new Known(view, seq, json));
    return Optional.of(
        change(
            view instanceof AgentView
                ? "user-presence"
                : view instanceof LotView ? "lot-update" : "queue-update",
            id,
            json,
            at));
  }

  /** A call that nobody knows any more: told as ended, as it was seen last. */
  Optional<Change> forget(CallId id, Instant at) {
    Known known = calls.remove(id.channel());
    if (known == null) {
      return Optional.empty();
    }
    ended.put(id.channel(), known.seq());
    return Optional.of(change("call-ended", id.channel(), known.json(), at));
  }

  private Change call(CallView view, long seq, @Nullable Known before, Instant at) {
    String id = view.id().channel();
    String json = Json.text(Wire.call(view));
    if (view.state() == CallView.Status.ENDED) {
      calls.remove(id);
      ended.put(id, seq);
      return change("call-ended", id, json, at);
    }
    calls.put(id, new Known(view, seq, json));
    return change(before == null ? "incoming-call" : "call-status-update", id, json, at);
  }

  private Change change(String event, String id, String data, Instant at) {
    n++;
    snapshot = null;
    // Names and ids hold nothing that JSON would have to escape.
    String text = head(event, at) + ",\"id\":\"" + id + "\",\"data\":" + data + '}';
    Change change = new Change(n, text);
    ring.addLast(change);
    if (ring.size() > ringSize) {
      ring.removeFirst();
    }
    return change;
  }

  /** The changes after a cursor; empty when they are not all here any more, or never were. */
  Optional<List<String>> since(Cursor cursor) {
    long oldest = n - ring.size();
    if (!cursor.epoch().equals(epoch) || cursor.seq() < oldest || cursor.seq() > n) {
      return Optional.empty();
    }
    return Optional.of(
        ring.stream().filter(change -> change.n() > cursor.seq()).map(Change::text).toList());
  }

  /**
   * Everything as it is, in messages of at most {@code partSize} things; the same texts for all
   * until something changes.
   */
  List<String> snapshot(int partSize, Instant at) {
    List<String> texts = snapshot;
    if (texts == null) {
      texts = written(partSize, at);
      snapshot = texts;
    }
    return texts;
  }

  private List<String> written(int partSize, Instant at) {
    List<Part> parts = new ArrayList<>(List.of(new Part()));
    addAll(agents.values(), Part::agents, parts, partSize);
    addAll(queues.values(), Part::queues, parts, partSize);
    addAll(lots.values(), Part::lots, parts, partSize);
    addAll(calls.values(), Part::calls, parts, partSize);
    List<String> texts = new ArrayList<>();
    for (Part part : parts) {
      texts.add(
          head("snapshot", at)
              + ",\"part\":"
              + (texts.size() + 1)
              + ",\"parts\":"
              + parts.size()
              + ",\"data\":{\"agents\":["
              + String.join(",", part.agents())
              + "],\"queues\":["
              + String.join(",", part.queues())
              + "],\"lots\":["
              + String.join(",", part.lots())
              + "],\"calls\":["
              + String.join(",", part.calls())
              + "]}}");
    }
    return List.copyOf(texts);
  }

  String resumed(Instant at) {
    return head("resumed", at) + '}';
  }

  Cursor cursor() {
    return new Cursor(epoch, n);
  }

  List<CallId> livingCalls() {
    return calls.values().stream().map(known -> ((CallView) known.view()).id()).toList();
  }

  private String head(String event, Instant at) {
    return head(event, cursor(), at);
  }

  /** How every message begins. */
  static String head(String event, Cursor cursor, Instant at) {
    return "{\"event\":\""
        + event
        + "\",\"seq\":"
        + cursor.seq()
        + ",\"epoch\":\""
        + cursor.epoch()
        + "\",\"at\":\""
        + at
        + '"';
  }

  private Map<String, Known> kind(View view) {
    if (view instanceof AgentView) {
      return agents;
    } else if (view instanceof LotView) {
      return lots;
    }
    return view instanceof QueueView ? queues : calls;
  }

  private record Part(
      List<String> agents, List<String> queues, List<String> lots, List<String> calls) {
    Part() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    int size() {
      return agents.size() + queues.size() + lots.size() + calls.size();
    }
  }

  private static void addAll(
      Collection<Known> things, Function<Part, List<String>> list, List<Part> parts, int partSize) {
    for (Known thing : things) {
      Part last = parts.get(parts.size() - 1);
      if (last.size() == partSize) {
        last = new Part();
        parts.add(last);
      }
      list.apply(last).add(thing.json());
    }
  }

  /** Forgets the oldest beyond its bound. */
  private static final class Ended extends LinkedHashMap<String, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > ENDED_REMEMBERED;
    }
  }
}
