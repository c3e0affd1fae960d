package tandem.http.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tandem.http.json.Fields;
import tandem.http.json.Words;
import tandem.router.call.Operation;
import tandem.router.call.Target;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.domain.Names;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Lot;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.TapeMode;

/** Reads what somebody wants of a call; 400 with everything that is wrong with it. */
final class ControlFields {
  private static final Pattern DIGITS = Pattern.compile("[0-9A-D*#]{1,32}");
  private static final Pattern EXTENSION = Pattern.compile("[0-9]{1,15}");
  private static final int LONGEST_NOTE = 4_000;
  private static final int LONGEST_COMMENT = 1_000;
  private static final int LONGEST_WORD = 64;
  private static final int LONGEST_VALUE = 500;

  /** Tags and attributes in one request (count); a call has no more than as many. */
  private static final int MOST = 50;

  private final TenantId tenant;
  private final Fields fields;

  ControlFields(Exchange exchange) {
    this.tenant = exchange.tenant();
    this.fields = exchange.fields();
  }

  /** The operation needs nothing but the call. */
  <T extends Operation> T none(T operation) {
    fields.finish();
    return operation;
  }

  AgentId agent() {
    Optional<AgentId> agent = agent(fields.required("agent"));
    fields.finish();
    return agent.orElseThrow();
  }

  Operation mute(LegId leg) {
    Optional<Boolean> muted = fields.required("muted").flag("muted");
    fields.finish();
    return new Operation.Mute(leg, muted.orElseThrow());
  }

  Operation press() {
    fields.required("digits");
    Optional<String> digits = fields.text("digits", ControlFields::digits);
    LegId leg = fields.text("leg", LegId::new).orElse(null);
    fields.finish();
    return new Operation.Press(digits.orElseThrow(), leg);
  }

  Operation transfer() {
    Optional<Target> to = targetField(true);
    AgentId agent = agent(fields).orElse(null);
    fields.finish();
    return new Operation.Transfer(to.orElseThrow(), agent);
  }

  Operation consult() {
    Optional<Target> to = targetField(false);
    AgentId agent = agent(fields).orElse(null);
    fields.finish();
    return new Operation.Consult(to.orElseThrow(), agent);
  }

  Operation add() {
    Optional<Target> who = target(fields, false);
    fields.finish();
    return new Operation.Add(who.orElseThrow());
  }

  Operation park() {
    fields.required("lot");
    Optional<String> lot = fields.text("lot", name -> Names.name("lot", name));
    Integer slot = fields.integer("slot", ControlFields::slot).orElse(null);
    AgentId agent = agent(fields).orElse(null);
    fields.finish();
    return new Operation.Park(lot.orElseThrow(), slot, agent);
  }

  Operation supervise(AgentId supervisor) {
    fields.required("ear");
    Optional<Ear> ear = fields.text("ear", word -> Words.parse(Ear.class, word));
    AgentId agent = agent(fields).orElse(null);
    fields.finish();
    return new Operation.Supervise(supervisor, agent, ear.orElseThrow());
  }

  Operation tape() {
    fields.required("state");
    Optional<TapeMode> mode = fields.text("state", word -> Words.parse(TapeMode.class, word));
    fields.finish();
    return new Operation.Tape(mode.orElseThrow());
  }

  Operation note() {
    fields.required("text");
    Optional<String> text = fields.document("text");
    text.ifPresent(
        note -> {
          if (note.isBlank() || note.length() > LONGEST_NOTE) {
            fields.error("text", "must be 1 to " + LONGEST_NOTE + " characters");
          } else if (note.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
              || note.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            fields.error("text", "must not contain control characters but line ends and tabs");
          }
        });
    fields.finish();
    return new Operation.Note(text.orElseThrow());
  }

  Operation tag() {
    List<String> add = tags("add");
    List<String> remove = tags("remove");
    if (!fields.has("add") && !fields.has("remove")) {
      fields.error("add", "is required where remove is not given");
    }
    fields.finish();
    return new Operation.Tag(add, remove);
  }

  Operation dispose() {
    fields.required("code");
    Optional<String> code = fields.text("code", text -> within(text, LONGEST_WORD));
    String comment = fields.text("comment", text -> within(text, LONGEST_COMMENT)).orElse(null);
    fields.finish();
    return new Operation.Dispose(code.orElseThrow(), comment);
  }

  Operation set() {
    fields.required("attributes");
    Map<String, String> attributes =
        fields
            .<String>members("attributes", ControlFields::attribute)
            .map(Map::copyOf)
            .orElse(Map.of());
    if (attributes.size() > MOST) {
      fields.error("attributes", "must be at most " + MOST + ", got " + attributes.size());
    }
    fields.finish();
    return new Operation.SetAttributes(attributes);
  }

  private Optional<AgentId> agent(Fields from) {
    return from.text("agent", name -> new AgentId(tenant, name));
  }

  private Optional<Target> targetField(boolean anywhere) {
    return fields.required("to").object("to").flatMap(to -> target(to, anywhere));
  }

  /**
   * Whom, or where; exactly one of the fields.
   *
   * @param anywhere whether a queue and a flow will do, too
   */
  private Optional<Target> target(Fields from, boolean anywhere) {
    List<String> known = new ArrayList<>(List.of("agent", "extension", "number"));
    if (anywhere) {
      known.addAll(List.of("queue", "flow"));
    }
    List<String> given = known.stream().filter(from::has).toList();
    if (given.size() != 1) {
      String others = String.join(", ", known.subList(1, known.size()));
      from.error(
          given.isEmpty() ? known.get(0) : given.get(1),
          given.isEmpty()
              ? "is required where none of " + others + " is given"
              : "must not stand beside " + given.get(0));
      return Optional.empty();
    }
    return switch (given.get(0)) {
      case "agent" -> agent(from).map(Target.ToAgent::new);
      case "extension" ->
          from.text("extension", ControlFields::extension).map(Target.ToExtension::new);
      case "number" -> from.text("number", PhoneNumber::new).map(Target.ToNumber::new);
      case "queue" ->
          from.text("queue", name -> new QueueId(tenant, name).name()).map(Target.ToQueue::new);
      default -> from.text("flow", name -> Names.name("flow", name)).map(Target.ToFlow::new);
    };
  }

  private List<String> tags(String name) {
    List<String> tags = fields.texts(name, ControlFields::tag).orElse(List.of());
    if (tags.size() > MOST) {
      fields.error(name, "must be at most " + MOST + ", got " + tags.size());
    }
    return tags;
  }

  private static String tag(String text) {
    return within(Fields.plain(text), LONGEST_WORD);
  }

  /** An attribute that is null, or empty, is taken away. */
  private static String attribute(String name, JsonNode value) {
    named(name);
    if (value.isNull()) {
      return "";
    } else if (!value.isTextual()) {
      throw new IllegalArgumentException("must be a text or null, got " + Fields.kindOf(value));
    } else if (value.textValue().length() > LONGEST_VALUE) {
      throw new IllegalArgumentException("must be at most " + LONGEST_VALUE + " characters");
    }
    return Fields.plain(value.textValue());
  }

  private static void named(String name) {
    try {
      Names.name("attribute", name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its name " + Fields.reason(e), e);
    }
  }

  private static String digits(String digits) {
    if (!DIGITS.matcher(digits).matches()) {
      throw new IllegalArgumentException("must be 1 to 32 of 0-9, A-D, * and #");
    }
    return digits;
  }

  private static String extension(String extension) {
    if (!EXTENSION.matcher(extension).matches()) {
      throw new IllegalArgumentException("must be 1 to 15 digits, got '" + extension + "'");
    }
    return extension;
  }

  private static int slot(int slot) {
    if (slot < 1 || slot > Lot.MOST_SLOT) {
      throw new IllegalArgumentException("must be 1 to " + Lot.MOST_SLOT + ", got " + slot);
    }
    return slot;
  }

  private static String within(String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw new IllegalArgumentException("must be 1 to " + most + " characters");
    }
    return text;
  }
}
