package tandem.http.routes;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.time.Manual;
import tandem.router.plan.RoutingPlan;

/**
 * A plan's document as its author wrote it.
 *
 * @param text JSON
 * @param version its number; null for the draft
 * @param revision of the draft; 0 for a version
 * @param manuals calendars opened or closed by hand, as far as they count for this document
 */
record PlanDocument(
    String text,
    @Nullable Long version,
    long revision,
    String author,
    Instant at,
    Map<String, Manual> manuals) {

  static PlanDocument of(RoutingPlan.Draft draft, Map<String, Manual> manuals) {
    return new PlanDocument(
        draft.text(), null, draft.revision(), draft.author(), draft.at(), manuals);
  }

  static PlanDocument of(RoutingPlan.Version version, String text, Map<String, Manual> manuals) {
    return new PlanDocument(text, version.version(), 0, version.author(), version.at(), manuals);
  }

  /** The entity tag: {@code d3} of a draft, {@code v3} of a version. */
  String tag() {
    return version == null ? draftTag(revision) : versionTag(version);
  }

  static String draftTag(long revision) {
    return "d" + revision;
  }

  static String versionTag(long version) {
    return "v" + version;
  }

  /** The version's number; 0 for the draft. */
  long number() {
    return version == null ? 0 : version;
  }

  /** What it is called in answers and addresses: its number, or {@code draft}. */
  String name() {
    return version == null ? PlanName.DRAFT : version.toString();
  }
}
