package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import tandem.edge.esl.EslEvent;
import tandem.edge.esl.EslFrame;
import tandem.edge.esl.EslProtocolException;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.SwitchId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;

/**
 * Plays what a real switch said through the link, as if its own calls had ordered what was
 * recorded: every number is known, a call takes each caller, and each outbound channel was ordered
 * by the call that arrived last. Commands are answered with +OK, {@code uuid_exists} by what was
 * heard.
 */
final class TraceReplay implements LinkActs {
  /** Events of a switch that mean nothing to a link, which does not subscribe to them. */
  static final Set<String> IGNORED_EVENTS =
      Set.of(
          "ADD_SCHEDULE",
          "API",
          "CALL_UPDATE",
          "CHANNEL_CALLSTATE",
          "CHANNEL_CREATE",
          "CHANNEL_DATA",
          "CHANNEL_DESTROY",
          "CHANNEL_EXECUTE",
          "CHANNEL_EXECUTE_COMPLETE",
          "CHANNEL_HANGUP",
          "CHANNEL_HOLD",
          "CHANNEL_ORIGINATE",
          "CHANNEL_OUTGOING",
          "CHANNEL_STATE",
          "CHANNEL_UNHOLD",
          "CHANNEL_UNPARK",
          "CODEC",
          "COMMAND",
          "CUSTOM",
          "DEL_SCHEDULE",
          "MEDIA_BUG_START",
          "MEDIA_BUG_STOP",
          "MODULE_UNLOAD",
          "PLAYBACK_START",
          "PLAYBACK_STOP",
          "PRESENCE_IN",
          "PRIVATE_COMMAND",
          "RECORD_START",
          "RECORD_STOP",
          "RECV_INFO",
          "RELOADXML",
          "RE_SCHEDULE",
          "SHUTDOWN",
          "UNPUBLISH");

  /** Frames that are the client's affair: replies, and how a connection begins and ends. */
  static final Set<EslFrame.Kind> CLIENTS_FRAMES =
      Set.of(
          EslFrame.Kind.AUTH_REQUEST,
          EslFrame.Kind.COMMAND_REPLY,
          EslFrame.Kind.API_RESPONSE,
          EslFrame.Kind.DISCONNECT_NOTICE,
          EslFrame.Kind.LOG_DATA,
          // A trace asked for XML to show it; a link never does.
          EslFrame.Kind.EVENT_XML);

  private static final LegId STAND_IN = new LegId("00000000-0000-4000-8000-000000000000");

  private final List<String> lines = new ArrayList<>();
  private final List<String> unhandled = new ArrayList<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<LegId> callers = new ArrayList<>();
  private final Set<LegId> living = new HashSet<>();
  private final Set<LegId> ordered = new HashSet<>();
  private final List<Runnable> owed = new ArrayList<>();
  private final EventReader reader = new EventReader();
  private final LinkLogic logic;
  private Instant now = Instant.parse("2026-11-20T11:00:00Z");

  TraceReplay() {
    logic =
        new LinkLogic(
            new SwitchSettings(
                new SwitchId("recorded"), "127.0.0.1", 8021, "secret", "external", 1e6),
            LinkHarness.SETTINGS,
            () -> now,
            new Random(1),
            everyNumber(),
            this);
    logic.recovered(LinkBook.EMPTY);
    logic.connected("recording");
    settle();
  }

  private static Entries everyNumber() {
    return new Entries() {
      @Override
      public boolean loaded() {
        return true;
      }

      @Override
      public Optional<Entry> find(String dialled) {
        return Optional.of(new Entry(LinkHarness.QUEUE, 50, AnswerMode.ON_QUEUE));
      }
    };
  }

  void play(EslFrame frame) throws EslProtocolException {
    if (!frame.isEvent()) {
      if (!CLIENTS_FRAMES.contains(frame.kind())) {
        unhandled.add(frame.kind() + " " + frame.header("Content-Type"));
      }
      return;
    }
    EslEvent event = EslEvent.of(frame);
    boolean heard = EventReader.SUBSCRIBED.contains(event.name());
    if (!heard && !IGNORED_EVENTS.contains(event.name())) {
      unhandled.add(event.name());
    }
    String stamp = event.header("Event-Date-Timestamp");
    if (stamp != null) {
      now = Instant.EPOCH.plus(Long.parseLong(stamp), ChronoUnit.MICROS);
    }
    order(event);
    reader.read(event).ifPresent(this::happen);
    settle();
  }

  private void happen(Happening happening) {
    if (happening instanceof Happening.Parked parked) {
      arrive(parked.channel());
    }
    if (happening instanceof Happening.Ended ended) {
      living.remove(ended.channel().leg());
    }
    logic.happened(happening);
  }

  /** Our own dialplan would have parked it unanswered. */
  private void arrive(Happening.Channel channel) {
    if (channel.inbound() && channel.answered() && !callers.contains(channel.leg())) {
      logic.happened(
          new Happening.Parked(
              new Happening.Channel(
                  channel.leg(),
                  true,
                  false,
                  null,
                  channel.callerNumber(),
                  channel.calledNumber())));
      settle();
    }
  }

  /** The first sign of an outbound channel is taken for its order. */
  private void order(EslEvent event) {
    Optional<LegId> leg = EventReader.leg(event.header("Unique-ID"));
    boolean channel = event.name().startsWith("CHANNEL_");
    if (channel && leg.isPresent()) {
      if (event.name().equals("CHANNEL_CREATE")) {
        living.add(leg.get());
      }
      if ("outbound".equals(event.header("Call-Direction"))) {
        order(leg.get());
      }
    } else if (event.name().equals("BACKGROUND_JOB")) {
      // A job that failed before there was a channel; the copy of the reader keeps the event
      // unread.
      new EventReader()
          .read(event)
          .filter(Happening.OrderDone.class::isInstance)
          .map(Happening.OrderDone.class::cast)
          .ifPresent(done -> order(done.leg()));
    }
  }

  private void order(LegId leg) {
    if (!ordered.add(leg)) {
      return;
    }
    if (callers.isEmpty()) {
      logic.happened(
          new Happening.Parked(
              new Happening.Channel(STAND_IN, true, false, null, "stand-in", "none")));
      settle();
    }
    LegId caller = callers.get(callers.size() - 1);
    logic.command(
        new SwitchCommand.Originate(
            new CallId(LinkHarness.TENANT, caller.value()),
            leg,
            new Contact(LinkHarness.PHONE),
            "+15550001",
            Duration.ofSeconds(20),
            now.plusSeconds(60),
            "recording"));
    settle();
  }

  private void settle() {
    while (!owed.isEmpty()) {
      List<Runnable> turn = List.copyOf(owed);
      owed.clear();
      turn.forEach(Runnable::run);
    }
  }

  List<String> facts() {
    return lines;
  }

  List<String> unhandled() {
    return unhandled;
  }

  private String name(LegId leg) {
    return leg.equals(STAND_IN)
        ? "stand-in"
        : names.computeIfAbsent(leg.value(), l -> "u" + (names.size() + 1));
  }

  // ---- LinkActs

  @Override
  public void api(String command, Purpose purpose) {
    if (purpose instanceof Purpose.WhichCore || purpose instanceof Purpose.Compared) {
      owed.add(() -> logic.reply(purpose, true, LinkHarness.CORE));
    } else if (purpose instanceof Purpose.List) {
      owed.add(() -> logic.reply(purpose, true, "{\"row_count\":0}"));
    } else if (purpose instanceof Purpose.Exists exists) {
      owed.add(() -> logic.reply(purpose, true, String.valueOf(living.contains(exists.leg()))));
    } else {
      if (command.startsWith("uuid_kill")) {
        lines.add("kills " + name(new LegId(command.substring(10, 46))));
      }
      owed.add(() -> logic.reply(purpose, true, "+OK\n"));
    }
  }

  @Override
  public void originate(LegId leg, String command, Duration patience, Purpose purpose) {
    owed.add(() -> logic.reply(purpose, true, "+OK Job-UUID: " + leg));
  }

  @Override
  public void tell(CallId call, CallFact fact) {
    String text = text(fact);
    lines.add("[" + name(new LegId(call.channel())) + "] " + text);
    if (fact instanceof CallFact.Arrived arrived) {
      callers.add(arrived.leg());
      owed.add(() -> logic.command(new SwitchCommand.Taken(call, arrived.leg())));
    }
  }

  private String text(CallFact fact) {
    if (fact instanceof CallFact.Arrived f) {
      return "Arrived " + name(f.leg()) + " " + f.callerNumber() + " -> " + f.calledNumber();
    } else if (fact instanceof CallFact.LegRinging f) {
      return "LegRinging " + name(f.leg());
    } else if (fact instanceof CallFact.LegAnswered f) {
      return "LegAnswered " + name(f.leg());
    } else if (fact instanceof CallFact.Bridged f) {
      return "Bridged " + name(f.agentLeg()) + " " + name(f.callerLeg());
    } else if (fact instanceof CallFact.Parked f) {
      return "Parked " + name(f.leg());
    } else if (fact instanceof CallFact.Dtmf f) {
      return "Dtmf " + name(f.leg()) + " " + f.digit();
    } else if (fact instanceof CallFact.LegGone f) {
      return "LegGone " + name(f.leg()) + " " + f.cause() + (f.byLink() ? " (by link)" : "");
    }
    return fact.getClass().getSimpleName();
  }

  @Override
  public void persist(LinkEvent event) {
    owed.add(() -> logic.written(event));
  }

  @Override
  public void reconnect(String why) {
    lines.add("reconnects: " + why);
  }

  @Override
  public void nudge(boolean on) {}
}
