package tandem.edge.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * One section ({@code ## ===}) of a recorded timeline: the client's commands and, leg by leg, what
 * the switch said.
 */
final class TraceSection {

  /** A line of a timeline. */
  sealed interface Step permits Sent, Reply, Said {}

  /** One write of the client: one command or several. */
  record Sent(List<String> commands) implements Step {}

  /** The beginning of an answer: {@code +OK}, {@code -ERR}… */
  record Reply(String word) implements Step {}

  /**
   * An event of a leg.
   *
   * @param uuid the recorded channel
   * @param token what is compared: name, state, call state, answer state, cause, application
   * @param line the whole line
   */
  record Said(String uuid, String token, String line) implements Step {}

  private static final Pattern UUID = Pattern.compile("(?m)^Unique-ID: (\\S+)");
  private static final Pattern STATES = Pattern.compile("(CS_\\w+) (\\w+) (u\\d+) (\\w+)");
  private static final Pattern CAUSE = Pattern.compile("Hangup-Cause=(\\S+)");
  private static final Pattern APPLICATION = Pattern.compile("Application=(\\S+)");
  private static final Pattern ACTION = Pattern.compile(" Action=(\\S+)");
  private static final String CONFERENCE = "Event-Subclass=conference::maintenance";
  private static final Set<String> UNCOMPARED =
      Set.of("COMMAND", "PRIVATE_COMMAND", "CHANNEL_DATA");

  private final String name;
  private final List<Step> steps;

  private TraceSection(String name, List<Step> steps) {
    this.name = name;
    this.steps = steps;
  }

  /** All sections of a trace, by their headings. */
  static Map<String, TraceSection> of(String trace) {
    List<String> uuids = uuids(trace);
    Map<String, TraceSection> sections = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    // What comes before the first heading.
    sections.put("start", new TraceSection("start", steps));
    for (String line : text("/traces/" + trace + ".timeline.txt").split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space < 0) {
        continue;
      }
      String rest = line.substring(space + 1);
      if (rest.startsWith("## === ")) {
        steps = new ArrayList<>();
        String heading = rest.substring("## === ".length());
        sections.put(heading, new TraceSection(heading, steps));
      } else if (rest.startsWith(">> ")) {
        steps.add(new Sent(List.of(rest.substring(3).split(" (?=(?:api|bgapi) )", -1))));
      } else if (rest.startsWith("<< ")) {
        add(rest.substring(3), uuids, steps);
      }
    }
    return sections;
  }

  static TraceSection of(String trace, String headingStart) {
    for (Map.Entry<String, TraceSection> section : of(trace).entrySet()) {
      if (section.getKey().startsWith(headingStart)) {
        return section.getValue();
      }
    }
    throw new IllegalArgumentException(trace + " has no section " + headingStart);
  }

  private static void add(String line, List<String> uuids, List<Step> steps) {
    Matcher states = STATES.matcher(line);
    String event = line.substring(0, line.indexOf(' ') < 0 ? line.length() : line.indexOf(' '));
    if (states.find()) {
      if (!UNCOMPARED.contains(event)) {
        String uuid = uuids.get(Integer.parseInt(states.group(3).substring(1)) - 1);
        steps.add(
            new Said(
                uuid,
                token(
                    event.equals(CONFERENCE) ? "CUSTOM" : event,
                    states.group(1),
                    states.group(2),
                    states.group(4),
                    find(CAUSE, line),
                    find(event.equals(CONFERENCE) ? ACTION : APPLICATION, line)),
                line));
      }
    } else if (line.startsWith("+OK") || line.startsWith("-ERR")) {
      steps.add(new Reply(line.split(" ", 2)[0]));
    }
  }

  /** One spelling for what was recorded and what the simulator says. */
  static String token(
      String event,
      String state,
      String callState,
      String answer,
      String cause,
      String application) {
    return String.join(" ", event, state, callState, answer, cause, application).trim();
  }

  private static String find(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The timeline calls channels u1, u2… in the order in which the byte stream first names them. */
  private static List<String> uuids(String trace) {
    Set<String> found = new LinkedHashSet<>();
    try (InputStream in = new GZIPInputStream(resource("/traces/" + trace + ".c1.in.gz"))) {
      Matcher matcher = UUID.matcher(new String(in.readAllBytes(), UTF_8));
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return List.copyOf(found);
  }

  private static String text(String path) {
    try (InputStream in = resource(path)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream resource(String path) throws IOException {
    InputStream in = TraceSection.class.getResourceAsStream(path);
    if (in == null) {
      throw new IOException("no test resource " + path);
    }
    return in;
  }

  String name() {
    return name;
  }

  List<Step> steps() {
    return steps;
  }

  /** What the switch said of each leg, in order, by recorded uuid. */
  Map<String, List<String>> legs() {
    Map<String, List<String>> legs = new LinkedHashMap<>();
    for (Step step : steps) {
      if (step instanceof Said said) {
        legs.computeIfAbsent(said.uuid, ignored -> new ArrayList<>()).add(said.token);
      }
    }
    return legs;
  }
}
