package tandem.router.plan;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;
import tandem.router.domain.time.Manual;

/**
 * What a tenant's routing plan hears, and what it persists. The single owner of the tenant's draft,
 * of the numbers of its versions and of which one is in force. A text it is given has been read and
 * found right by {@link tandem.router.plan.document.PlanReader}.
 */
public final class RoutingPlan {
  /** Published versions that are listed (count); older ones are still in the archive. */
  public static final int VERSIONS_LISTED = 1_000;

  private RoutingPlan() {}

  public sealed interface Command extends RouterSerializable {}

  /**
   * Puts a text in the draft's place.
   *
   * @param revision of the draft this one was made from; 0 when there was none: another one means
   *     that somebody else was faster
   */
  public record SaveDraft(String text, long revision, String author, ActorRef<DraftReply> replyTo)
      implements Command {}

  public record GetDraft(ActorRef<DraftReply> replyTo) implements Command {}

  /**
   * Makes the draft of this revision the next version. One that is in force already is answered
   * with the version in force.
   *
   * @param queues names of the plan's queues, which are told that they exist
   */
  public record Publish(
      long revision,
      String author,
      String comment,
      List<String> queues,
      ActorRef<PublishReply> replyTo)
      implements Command {
    public Publish {
      queues = List.copyOf(queues);
    }
  }

  /**
   * Makes the text of an old version the next version.
   *
   * @param current the version in force, as the author knows it
   * @param text of the old version
   */
  public record RollBack(
      long to,
      long current,
      String text,
      String author,
      String comment,
      List<String> queues,
      ActorRef<PublishReply> replyTo)
      implements Command {
    public RollBack {
      queues = List.copyOf(queues);
    }
  }

  /** Asks for what is in force. */
  public record GetCurrent(ActorRef<InForce> replyTo) implements Command {}

  /** A page of versions, the newest first. */
  public record ListVersions(@Nullable Long before, int most, ActorRef<Versions> replyTo)
      implements Command {}

  /**
   * Opens or closes a calendar whatever its hours say.
   *
   * @param manual null takes an override back
   */
  public record SetManual(
      String calendar, @Nullable Manual manual, String author, ActorRef<InForce> replyTo)
      implements Command {}

  public record Heard(String key) implements Command {}

  public enum Wake implements Command {
    WAKE
  }

  public sealed interface DraftReply extends RouterSerializable {}

  /** The draft as it is. */
  public record Draft(String text, long revision, String author, Instant at)
      implements DraftReply {}

  public enum NoDraft implements DraftReply {
    NO_DRAFT
  }

  /** Somebody else has changed what the author began from. */
  public record Overtaken(long now) implements DraftReply, PublishReply {}

  public sealed interface PublishReply extends RouterSerializable {}

  public record Done(Version version) implements PublishReply {}

  /**
   * One version, never changed after it was made.
   *
   * @param version 1 and up
   * @param from the version it repeats; null when it was made from a draft
   */
  public record Version(
      long version, String author, String comment, @Nullable Long from, Instant at) {}

  public record Versions(List<Version> versions, boolean more) implements RouterSerializable {
    public Versions {
      versions = List.copyOf(versions);
    }
  }

  /**
   * What is in force.
   *
   * @param stamp counts what has ever changed it: the higher one is the newer
   * @param version null until one is published
   * @param text null until one is published
   * @param manuals calendars that somebody has opened or closed, by name
   */
  public record InForce(
      TenantId tenant,
      long stamp,
      @Nullable Version version,
      @Nullable String text,
      Map<String, Manual> manuals)
      implements RouterSerializable {
    public InForce {
      manuals = Map.copyOf(manuals);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public sealed interface Event extends RouterSerializable {
    Instant at();
  }

  public record DraftSaved(long revision, String text, String author, Instant at)
      implements Event {}

  /**
   * A version is in force from now on.
   *
   * @param text of the version; null when it is the draft's
   */
  public record Published(
      long version,
      @Nullable String text,
      String author,
      String comment,
      @Nullable Long from,
      Instant at)
      implements Event {}

  /** A version is in the archive and need not be kept here. */
  public record Archived(long version, Instant at) implements Event {}

  public record ManualSet(String calendar, @Nullable Manual manual, String author, Instant at)
      implements Event {}
}
