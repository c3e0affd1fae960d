package tandem.router.plan.document;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Attributes;
import tandem.router.domain.Names;
import tandem.router.domain.ivr.IvrLimits;
import tandem.router.domain.ivr.IvrNode;
import tandem.router.domain.ivr.Template;

/** Reads what an interactive flow asks another system. */
final class IvrRequestReader {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

  /** RFC 6901, 3. */
  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)*");

  private static final int LONGEST_POINTER = 200;

  /** What the connection itself, or the client, must say. */
  private static final Set<String> NOT_ALLOWED =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "idempotency-key",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Problems problems;
  private final Values values;
  private final IvrValueReader ivrValues;

  IvrRequestReader(Workshop workshop, IvrValueReader ivrValues) {
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.ivrValues = ivrValues;
  }

  /** What is asked; null when something is wrong with it. */
  IvrNode.@Nullable Lookup lookup(@Nullable Tree url, Fields fields) {
    String address = values.text(url, IvrRequestReader::address);
    if (address != null && url != null && address.startsWith("http:")) {
      problems.warning(
          url.place(), "without TLS only hosts are asked that the installation allows for that");
    }
    IvrNode.Method method = method(fields.get("method"));
    Tree body = fields.get("body");
    if (body != null && method == IvrNode.Method.GET) {
      problems.error(fields.nameOf("body"), "only a POST has a body");
    }
    Map<String, String> headers = headers(fields.get("headers"));
    Duration timeout =
        values.duration(fields.get("timeout"), IvrLimits.SHORTEST_LOOKUP, IvrLimits.LONGEST_LOOKUP);
    Map<String, Object> sent =
        body == null ? null : ivrValues.values(body, IvrLimits.FIELDS, false);
    return address == null
        ? null
        : new IvrNode.Lookup(
            method,
            address,
            sent,
            headers,
            Objects.requireNonNullElse(timeout, IvrNode.Lookup.TIMEOUT));
  }

  private IvrNode.Method method(@Nullable Tree tree) {
    IvrNode.Method method =
        values.text(
            tree,
            word -> {
              for (IvrNode.Method known : IvrNode.Method.values()) {
                if (known.name().equals(word)) {
                  return known;
                }
              }
              throw new IllegalArgumentException(
                  "must be GET or POST, got '" + Words.shown(word) + "'");
            });
    return method == null ? IvrNode.Method.GET : method;
  }

  /** An address whose host no caller can choose. */
  static String address(String text) {
    String checked = Template.checked(text);
    if (text.length() > IvrLimits.ADDRESS) {
      throw new IllegalArgumentException(
          "must have at most " + IvrLimits.ADDRESS + " characters, got " + text.length());
    }
    if (!text.startsWith("https://") && !text.startsWith("http://")) {
      throw new IllegalArgumentException(
          "must begin with https:// or http://, got '" + Words.shown(text) + "'");
    }
    int path = text.indexOf("//") + 2;
    while (path < text.length() && "/?#".indexOf(text.charAt(path)) < 0) {
      path++;
    }
    if (!Template.names(text.substring(0, path)).isEmpty()) {
      throw new IllegalArgumentException("must name its host itself, without attributes");
    }
    try {
      URI uri = new URI(Template.fill(checked, name -> "x"));
      if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
        throw new IllegalArgumentException(
            "must be a host with a path, without user and fragment, got '"
                + (Words.shown(text) + "'"));
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "must be an address, but " + e.getReason() + ": '" + Words.shown(text) + "'", e);
    }
    return text;
  }

  private Map<String, String> headers(@Nullable Tree tree) {
    Map<String, String> headers = new LinkedHashMap<>();
    ivrValues
        .members(tree, IvrLimits.FIELDS)
        .forEach(
            (name, member) -> {
              boolean allowed = !NOT_ALLOWED.contains(name.toLowerCase(Locale.ROOT));
              if (!HEADER.matcher(name).matches() || !allowed) {
                problems.error(
                    member.name(),
                    allowed
                        ? "must be a header's name of 1 to 64 characters"
                        : "this header cannot be set");
              }
              String secret =
                  values.text(member.value(), text -> Names.name("the secret's name", text));
              if (secret != null) {
                headers.put(name, secret);
              }
            });
    return headers;
  }

  /** Pointers by attribute. */
  Map<String, String> answer(@Nullable Tree tree) {
    Map<String, String> answer = new LinkedHashMap<>();
    ivrValues
        .members(tree, IvrLimits.FIELDS)
        .forEach(
            (name, member) -> {
              ivrValues.attribute(name, member.name());
              String pointer = values.text(member.value(), IvrRequestReader::pointer);
              if (pointer != null) {
                answer.put(name, pointer);
              }
            });
    return answer;
  }

  private static String pointer(String text) {
    if (text.length() > LONGEST_POINTER || !POINTER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a JSON pointer such as /customer/tier, at most "
              + (LONGEST_POINTER + " characters, got '" + Words.shown(text) + "'"));
    }
    return text;
  }

  /** What a simulated system answers: attributes that are taken from an answer. */
  @Nullable Attributes simulate(@Nullable Tree tree, Map<String, String> answer) {
    if (tree == null) {
      return null;
    }
    ivrValues
        .members(tree, IvrLimits.FIELDS)
        .forEach(
            (name, member) -> {
              if (!answer.containsKey(name)) {
                problems.error(member.name(), "'answer' takes no such attribute");
              }
            });
    Map<String, Object> found = ivrValues.values(tree, IvrLimits.FIELDS, true);
    return values.made(tree, () -> Attributes.of(found));
  }
}
