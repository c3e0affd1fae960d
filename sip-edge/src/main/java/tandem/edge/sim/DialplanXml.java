package tandem.edge.sim;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The very dialplan file that the real switch is given, read as mod_dialplan_xml reads it:
 * conditions are looked at when the channel is routed, what is in {@code ${…}} of an action when it
 * is its turn.
 */
final class DialplanXml {

  private static final String FILE = "tandem-errands.xml";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]*)}");
  private static final Pattern GLOBAL = Pattern.compile("\\$\\$\\{([^{}]*)}");
  private static final Pattern CALL = Pattern.compile("([a-z_]+)\\((.*)\\)", Pattern.DOTALL);

  private final Map<String, String> globals;
  private final SimClock clock;
  private final Element root;

  /**
   * @param globals of the switch, as they are when they are asked for
   */
  DialplanXml(Map<String, String> globals, SimClock clock) {
    this.globals = globals;
    this.clock = clock;
    try (InputStream in = DialplanXml.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + FILE + " beside the simulator's classes");
      }
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      root = factory.newDocumentBuilder().parse(in).getDocumentElement();
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("cannot read " + FILE + ": " + e.getMessage(), e);
    }
  }

  /** What an extension runs on a channel; empty when the context has no such extension. */
  List<DialplanRun.Step> steps(SimChannel channel, String number, String context) {
    List<DialplanRun.Step> steps = new ArrayList<>();
    for (Element each : children(root, "context")) {
      if (!each.getAttribute("name").equals(context)) {
        continue;
      }
      for (Element extension : children(each, "extension")) {
        if (extension(extension, channel, number, steps)
            && !"true".equals(extension.getAttribute("continue"))) {
          return steps;
        }
      }
    }
    return steps;
  }

  private boolean extension(
      Element extension, SimChannel channel, String number, List<DialplanRun.Step> steps) {
    boolean matched = true;
    for (Element condition : children(extension, "condition")) {
      Matcher matcher =
          Pattern.compile(condition.getAttribute("expression"))
              .matcher(field(condition.getAttribute("field"), channel, number));
      matched = matcher.find();
      for (Element action : children(condition, matched ? "action" : "anti-action")) {
        String data = groups(global(action.getAttribute("data")), matched ? matcher : null);
        String application = action.getAttribute("application");
        if ("true".equals(action.getAttribute("inline")) && application.equals("set")) {
          DialplanRun.set(channel, expand(data, channel));
        } else {
          steps.add(new DialplanRun.Step(application, data));
        }
      }
      String leave = condition.getAttribute("break");
      boolean stop =
          switch (leave) {
            case "never" -> false;
            case "always" -> true;
            case "on-true" -> matched;
            default -> !matched;
          };
      if (stop) {
        return matched;
      }
    }
    return matched;
  }

  private String field(String field, SimChannel channel, String number) {
    return switch (field) {
      case "" -> "";
      case "destination_number" -> number;
      case "caller_id_number" -> channel.callerNumber;
      default -> field.contains("${") ? expand(field, channel) : variable(field, channel);
    };
  }

  private static String groups(String data, @org.jspecify.annotations.Nullable Matcher matcher) {
    String text = data;
    if (matcher != null) {
      for (int i = matcher.groupCount(); i > 0; i--) {
        String group = matcher.group(i);
        text = text.replace("$" + i, group == null ? "" : group);
      }
    }
    return text;
  }

  private String global(String data) {
    return GLOBAL
        .matcher(data)
        .replaceAll(found -> Matcher.quoteReplacement(globals.getOrDefault(found.group(1), "")));
  }

  /** With every {@code ${…}} replaced, the innermost first. */
  String expand(String data, SimChannel channel) {
    String text = data;
    for (int depth = 0; depth < 8 && REFERENCE.matcher(text).find(); depth++) {
      text =
          REFERENCE
              .matcher(text)
              .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), channel)));
    }
    return text;
  }

  private String value(String name, SimChannel channel) {
    Matcher call = CALL.matcher(name);
    if (!call.matches()) {
      return variable(name, channel);
    }
    String argument = call.group(2);
    return switch (call.group(1)) {
      case "strftime" -> time(argument);
      case "regex" -> regex(argument);
      case "cond" -> condition(argument);
      case "global_getvar" -> globals.getOrDefault(argument, "");
      default -> throw new IllegalStateException("the simulator does not know ${" + name + "}");
    };
  }

  private String variable(String name, SimChannel channel) {
    String value = channel.variables.get(name);
    if (value != null) {
      return value;
    }
    return switch (name) {
      case "destination_number" -> channel.dialled();
      case "caller_id_number" -> channel.callerNumber;
      case "caller_id_name" -> channel.callerName;
      default -> globals.getOrDefault(name, "");
    };
  }

  private String time(String format) {
    ZonedDateTime now =
        java.time.Instant.ofEpochMilli(clock.micros() / 1_000).atZone(ZoneOffset.UTC);
    String java =
        format
            .replace("%Y", "yyyy")
            .replace("%m", "MM")
            .replace("%d", "dd")
            .replace("%H", "HH")
            .replace("%M", "mm")
            .replace("%S", "ss");
    return DateTimeFormatter.ofPattern(java, Locale.ROOT).format(now);
  }

  /** {@code text|pattern[|%1]}: whether it matches, or what it captured. */
  private static String regex(String argument) {
    String[] parts = argument.split("\\|", 3);
    Matcher matcher = Pattern.compile(parts.length > 1 ? parts[1] : "").matcher(parts[0]);
    boolean found = matcher.find();
    if (parts.length < 3) {
      return Boolean.toString(found);
    }
    String text = found ? parts[2] : parts[0];
    for (int i = matcher.groupCount(); found && i > 0; i--) {
      text = text.replace("%" + i, matcher.group(i) == null ? "" : matcher.group(i));
    }
    return text;
  }

  /** {@code a == b ? yes : no}, also with {@code !=}. */
  private static String condition(String argument) {
    int question = argument.indexOf('?');
    int colon = argument.lastIndexOf(':');
    if (question < 0 || colon < question) {
      return "";
    }
    String test = argument.substring(0, question);
    boolean unequal = test.contains("!=");
    String[] sides = test.split(unequal ? "!=" : "==", 2);
    boolean same = sides.length == 2 && bare(sides[0]).equals(bare(sides[1]));
    return (same != unequal
            ? argument.substring(question + 1, colon)
            : argument.substring(colon + 1))
        .trim();
  }

  private static String bare(String text) {
    String trimmed = text.trim();
    boolean quoted = trimmed.length() > 1 && trimmed.startsWith("'") && trimmed.endsWith("'");
    return quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
