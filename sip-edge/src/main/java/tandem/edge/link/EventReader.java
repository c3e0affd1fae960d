package tandem.edge.link;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.edge.esl.EslEvent;
import tandem.router.domain.LegId;

/**
 * Reads events of the switch. Single owner of which events are subscribed to, which headers are
 * read, and of what has been read already: the key of a fact is (Core-UUID, Event-Sequence), kept
 * as a set, since the sequence is not increasing on the wire.
 */
final class EventReader {
  /** The channel variable that names the call a leg belongs to. */
  static final String OWNER = "tandem_call";

  /** The channel variables of our dialplan: the number of the errand that it began, or finished. */
  static final String ERRAND_BEGUN = "tandem_errand";

  static final String ERRAND_OVER = "tandem_errand_over";

  /** The channel variable of our dialplan: what was typed in the last errand. */
  static final String DIGITS = "tandem_digits";

  /** The channel variable of our dialplan on a caller whom it connects with somebody outside. */
  private static final String OUTSIDE = "tandem_outside";

  /**
   * What a link subscribes to. The end of a leg is CHANNEL_HANGUP_COMPLETE: it has the cause, comes
   * before CHANNEL_DESTROY, and the far side has been told by then. CHANNEL_CREATE is left out: a
   * kill that came too early is repeated until it hits, which costs less than two events a call.
   */
  static final List<String> SUBSCRIBED =
      List.of(
          "CHANNEL_PARK",
          "CHANNEL_PROGRESS",
          "CHANNEL_PROGRESS_MEDIA",
          "CHANNEL_ANSWER",
          "CHANNEL_BRIDGE",
          "CHANNEL_UNBRIDGE",
          "CHANNEL_HANGUP_COMPLETE",
          "BACKGROUND_JOB",
          "RECORD_STOP",
          "DTMF",
          "HEARTBEAT");

  private static final int REMEMBERED = 16_384;
  private static final String ORDERED_LEG = "origination_uuid=";
  private static final String MADE = "+OK ";
  private static final int LONGEST_NUMBER = 64;

  /** A recording's file, or that of a message; the id it ends with is a UUID. */
  private static final Pattern TAPE =
      Pattern.compile(
          "(?:.*/)?(tape|message)-[^/]*[-~]([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[.]wav");

  private static final Pattern ERRAND = Pattern.compile("[0-9]{1,9}");

  /** Control and formatting characters, line ends of any script, halves of characters. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private final Set<String> read = new LinkedHashSet<>();

  /** What the event means, or empty when it was read before or means nothing to a link. */
  Optional<Happening> read(EslEvent event) {
    if (isRepeat(event)) {
      return Optional.empty();
    }
    return switch (event.name()) {
      case "CHANNEL_PARK" ->
          channel(event)
              .map(
                  c ->
                      new Happening.Parked(
                          c, errand(event.variable(ERRAND_OVER)), event.variable(DIGITS)));
      case "CHANNEL_PROGRESS", "CHANNEL_PROGRESS_MEDIA" -> channel(event).map(Happening.Rang::new);
      case "CHANNEL_ANSWER" -> channel(event).map(Happening.Answered::new);
      case "CHANNEL_BRIDGE" -> joined(event);
      case "CHANNEL_UNBRIDGE" -> parted(event);
      case "CHANNEL_HANGUP_COMPLETE" ->
          channel(event)
              .map(c -> new Happening.Ended(c, text(event, "Hangup-Cause"), HeardHow.of(event)));
      case "RECORD_STOP" -> taped(event);
      case "BACKGROUND_JOB" -> orderDone(event);
      case "DTMF" ->
          leg(event.header("Unique-ID"))
              .map(leg -> new Happening.Digit(leg, text(event, "DTMF-Digit")));
      case "HEARTBEAT" -> Optional.of(new Happening.Heartbeat());
      default -> Optional.empty();
    };
  }

  private boolean isRepeat(EslEvent event) {
    String sequence = event.header("Event-Sequence");
    if (sequence == null) {
      return false;
    }
    boolean fresh = read.add(event.header("Core-UUID") + "/" + sequence);
    if (read.size() > REMEMBERED) {
      var oldest = read.iterator();
      oldest.next();
      oldest.remove();
    }
    return !fresh;
  }

  private static Optional<Happening.Channel> channel(EslEvent event) {
    return leg(event.header("Unique-ID"))
        .map(
            leg ->
                new Happening.Channel(
                    leg,
                    text(event, "Call-Direction").equals("inbound"),
                    text(event, "Answer-State").equals("answered"),
                    event.variable(OWNER),
                    printable(event.header("Caller-Caller-ID-Number")),
                    printable(event.header("Caller-Destination-Number"))));
  }

  /** The number of an errand as a channel says it; 0 when it says none. */
  static int errand(@Nullable String said) {
    return said != null && ERRAND.matcher(said).matches() ? Integer.parseInt(said) : 0;
  }

  /** A bridge that our dialplan made is no bridge with an agent: the link has not ordered it. */
  private static Optional<Happening> joined(EslEvent event) {
    if (event.variable(OUTSIDE) != null) {
      return Optional.empty();
    }
    return both(event).map(legs -> new Happening.Joined(legs.get(0), legs.get(1)));
  }

  private static Optional<Happening> parted(EslEvent event) {
    return both(event).map(legs -> new Happening.Parted(legs.get(0), legs.get(1)));
  }

  private static Optional<List<LegId>> both(EslEvent event) {
    Optional<LegId> a = leg(event.header("Bridge-A-Unique-ID"));
    Optional<LegId> b = leg(event.header("Bridge-B-Unique-ID"));
    return a.isPresent() && b.isPresent()
        ? Optional.of(List.of(a.get(), b.get()))
        : Optional.empty();
  }

  /** The job's outcome or argument names the leg, whoever ordered it on whichever connection. */
  private static Optional<Happening> orderDone(EslEvent event) {
    if (!text(event, "Job-Command").equals("originate")) {
      return Optional.empty();
    }
    String outcome = event.body().strip();
    Optional<LegId> made =
        outcome.startsWith(MADE) ? leg(outcome.substring(MADE.length())) : Optional.empty();
    return made.or(() -> ordered(event)).map(leg -> new Happening.OrderDone(leg, outcome));
  }

  private static Optional<LegId> ordered(EslEvent event) {
    String argument = text(event, "Job-Command-Arg");
    int at = argument.indexOf(ORDERED_LEG);
    if (at < 0) {
      return leg(text(event, "Job-UUID"));
    }
    int from = at + ORDERED_LEG.length();
    return leg(argument.substring(from, end(argument, from)));
  }

  private static int end(String argument, int from) {
    int at = from;
    while (at < argument.length() && ",}]".indexOf(argument.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /** Others may record as well: what is not named as our files are does not concern a link. */
  private static Optional<Happening> taped(EslEvent event) {
    Matcher file = TAPE.matcher(text(event, "Record-File-Path"));
    if (!file.matches()) {
      return Optional.empty();
    }
    Happening.TapeKind kind =
        file.group(1).equals("tape") ? Happening.TapeKind.RECORDING : Happening.TapeKind.MESSAGE;
    Duration length = Duration.ofMillis((long) HeardHow.number(event, "record_ms", 0));
    return leg(event.header("Unique-ID"))
        .map(leg -> new Happening.Taped(leg, kind, file.group(2), length));
  }

  private static String text(EslEvent event, String header) {
    String value = event.header(header);
    return value == null ? "" : value;
  }

  /**
   * A number or a name as others said it. It is the far side's own text, which is going to be
   * logged, kept and shown: what could end a line or steer a terminal becomes {@code ?}, and it is
   * cut.
   */
  static String printable(@Nullable String said) {
    String text = said == null ? "" : said;
    String start = text.substring(0, Math.min(text.length(), LONGEST_NUMBER));
    return UNPRINTABLE.matcher(start).replaceAll("?");
  }

  /** A channel's UUID; foreign software may name channels otherwise, and those are not ours. */
  static Optional<LegId> leg(@Nullable String value) {
    if (value == null || value.length() != 36) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LegId(value));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** Forgets what was read: another connection of the same switch does not replay. */
  void startOver() {
    read.clear();
  }
}
