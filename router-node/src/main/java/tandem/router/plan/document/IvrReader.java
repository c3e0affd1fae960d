package tandem.router.plan.document;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Names;
import tandem.router.domain.Prompt;
import tandem.router.domain.ivr.Ivr;
import tandem.router.domain.ivr.IvrLimits;
import tandem.router.domain.ivr.IvrNode;

/** Reads interactive flows. */
final class IvrReader {
  static final String SECTION = "ivr";
  private static final String LANGUAGE = "en-US";

  private final Workshop workshop;
  private final Problems problems;
  private final Values values;
  private final ActionReader actions;
  private final Map<String, Found> flows = new TreeMap<>();
  private int nodes;

  /**
   * A flow that is right in itself.
   *
   * @param member where it stands
   * @param nodes where its nodes stand
   */
  record Found(Tree.Member member, Map<String, Tree.Member> nodes, Ivr ivr) {
    /** Where the name of a node stands. */
    Tree.Place place(String node) {
      return Objects.requireNonNull(nodes.get(node)).name();
    }
  }

  IvrReader(Workshop workshop, ActionReader actions) {
    this.workshop = workshop;
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.actions = actions;
  }

  /** All of them, as far as they are right. */
  Map<String, Ivr> read(Fields root) {
    root.named(SECTION, IvrLimits.FLOWS).forEach(this::flow);
    flows.values().forEach(found -> new IvrGraph(problems, found).check());
    if (flows.keySet().equals(workshop.references().names(SECTION))) {
      new IvrVisits(problems, workshop.references(), flows).check();
    }
    Map<String, Ivr> ivrs = new TreeMap<>();
    flows.forEach((name, found) -> ivrs.put(name, found.ivr()));
    return ivrs;
  }

  private void flow(String name, Tree.Member member) {
    try {
      Names.name("interactive flow", name);
    } catch (IllegalArgumentException e) {
      problems.error(member.name(), Words.reason(e));
    }
    Fields fields = Fields.of(member.value(), problems);
    if (fields == null) {
      return;
    }
    int before = problems.errors();
    String language = values.text(fields.get("language"), Prompt::language);
    fields.need("nodes");
    Map<String, Tree.Member> members = fields.named("nodes", IvrLimits.NODES);
    if (members.isEmpty() && fields.get("nodes") instanceof Tree.Obj empty) {
      problems.error(empty.place(), "must not be empty");
    }
    IvrNodeReader reader =
        new IvrNodeReader(
            workshop,
            actions,
            language == null ? LANGUAGE : language,
            members.keySet(),
            Links.ivr(name));
    String start = reader.to(fields.need("start"));
    fields.finish();
    Map<String, IvrNode> read = new LinkedHashMap<>();
    members.forEach(
        (node, place) -> {
          IvrNode one = node(node, place, reader);
          if (one != null) {
            read.put(node, one);
          }
        });
    if (problems.errors() == before) {
      Ivr ivr = new Ivr(language == null ? LANGUAGE : language, start, read);
      flows.put(name, new Found(member, members, ivr));
    }
  }

  private @Nullable IvrNode node(String name, Tree.Member member, IvrNodeReader reader) {
    if (++nodes > IvrLimits.ALL_NODES) {
      if (nodes == IvrLimits.ALL_NODES + 1) {
        problems.error(
            member.name(),
            "a plan has at most " + IvrLimits.ALL_NODES + " nodes of interactive flows in all");
      }
      return null;
    }
    try {
      Names.name("node", name);
    } catch (IllegalArgumentException e) {
      problems.error(member.name(), Words.reason(e));
    }
    return reader.read(member.value());
  }

  /** Flows that nothing leads to. To be asked when everything has been read. */
  void unreached() {
    flows.forEach(
        (name, found) -> {
          if (!workshop.links().reached().contains(Links.ivr(name))) {
            problems.warning(
                found.member().name(), "no number leads to this interactive flow, by any flow");
          }
        });
  }
}
