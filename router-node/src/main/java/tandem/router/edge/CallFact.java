package tandem.router.edge;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.Quality;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.SwitchId;
import tandem.router.domain.plan.CallbackPromise;

/**
 * What a switch link saw of a call. Facts may be lost, repeated and late: each is idempotent for
 * its leg, and {@link StillUp} repairs what was lost. {@code at} is the link's clock when it saw
 * it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CallFact.Arrived.class, name = "arrived"),
  @JsonSubTypes.Type(value = CallFact.CallbackKept.class, name = "callback-kept"),
  @JsonSubTypes.Type(value = CallFact.Greeted.class, name = "greeted"),
  @JsonSubTypes.Type(value = CallFact.LegRinging.class, name = "ringing"),
  @JsonSubTypes.Type(value = CallFact.LegAnswered.class, name = "answered"),
  @JsonSubTypes.Type(value = CallFact.Bridged.class, name = "bridged"),
  @JsonSubTypes.Type(value = CallFact.BridgeRefused.class, name = "bridge-refused"),
  @JsonSubTypes.Type(value = CallFact.Parked.class, name = "parked"),
  @JsonSubTypes.Type(value = CallFact.HandedOver.class, name = "handed-over"),
  @JsonSubTypes.Type(value = CallFact.HandOverRefused.class, name = "hand-over-refused"),
  @JsonSubTypes.Type(value = CallFact.Returned.class, name = "returned"),
  @JsonSubTypes.Type(value = CallFact.Arranged.class, name = "arranged"),
  @JsonSubTypes.Type(value = CallFact.ArrangeFailed.class, name = "arrange-failed"),
  @JsonSubTypes.Type(value = CallFact.Taped.class, name = "taped"),
  @JsonSubTypes.Type(value = CallFact.TapeRefused.class, name = "tape-refused"),
  @JsonSubTypes.Type(value = CallFact.TapeEnded.class, name = "tape-ended"),
  @JsonSubTypes.Type(value = CallFact.MessageLeft.class, name = "message-left"),
  @JsonSubTypes.Type(value = CallFact.Dtmf.class, name = "dtmf"),
  @JsonSubTypes.Type(value = CallFact.LegGone.class, name = "gone"),
  @JsonSubTypes.Type(value = CallFact.StillUp.class, name = "still-up"),
  @JsonSubTypes.Type(value = CallFact.LinkLost.class, name = "link-lost"),
  @JsonSubTypes.Type(value = CallFact.Dropped.class, name = "dropped")
})
public sealed interface CallFact extends RouterSerializable {
  Instant at();

  /**
   * A caller is parked on the switch and not answered. Repeated until the call has taken it.
   *
   * @param leg of a callback: no channel, only its name
   * @param incarnation of the link's connection; null when it has lost its switch since, so that
   *     nothing can be ordered until the next {@link StillUp}
   * @param callback what was promised, when nobody is parked but somebody is to be called; null
   *     otherwise
   * @param outbound what an agent wants, when nobody is parked but an agent calls; null otherwise
   */
  record Arrived(
      LegId leg,
      SwitchId home,
      @Nullable String incarnation,
      String callerNumber,
      String calledNumber,
      Entry entry,
      Instant at,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CallbackPromise callback,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Outbound outbound)
      implements CallFact {
    /** Nobody asked for it but who has called, or was promised. */
    public Arrived(
        LegId leg,
        SwitchId home,
        @Nullable String incarnation,
        String callerNumber,
        String calledNumber,
        Entry entry,
        Instant at,
        @Nullable CallbackPromise callback) {
      this(leg, home, incarnation, callerNumber, calledNumber, entry, at, callback, null);
    }

    /** Whether nobody is parked: the call is to reach somebody first. */
    @JsonIgnore
    public boolean isVirtual() {
      return callback != null || outbound != null;
    }
  }

  /** The link carries this callback for good: answers {@link SwitchCommand.CallBack}. */
  record CallbackKept(CallId callback, Instant at) implements CallFact {}

  /**
   * The safety hang-up is taken back and the caller hears something.
   *
   * @param answered whether the leg is answered now
   */
  record Greeted(LegId leg, boolean answered, Instant at) implements CallFact {}

  record LegRinging(LegId leg, Instant at) implements CallFact {}

  /** The phone was picked up and the leg is parked: it can be bridged. */
  record LegAnswered(LegId leg, Instant at) implements CallFact {}

  /** CHANNEL_BRIDGE was seen. */
  record Bridged(LegId agentLeg, LegId callerLeg, Instant at) implements CallFact {}

  /** The switch refused the bridge. */
  record BridgeRefused(LegId agentLeg, LegId callerLeg, String text, Instant at)
      implements CallFact {}

  /** A caller is parked again after a bridge that failed or ended. */
  record Parked(LegId leg, Instant at) implements CallFact {}

  /** The switch has taken a caller over for this errand; says so to each repeat of the order. */
  record HandedOver(LegId leg, int errand, Instant at) implements CallFact {}

  /** The switch refused the errand; the caller is where it was. */
  record HandOverRefused(LegId leg, int errand, String text, Instant at) implements CallFact {}

  /**
   * The errand is done and the caller is parked again.
   *
   * @param digits what {@link Errand.Collect} gathered, empty for none; null for other errands
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Returned(LegId leg, int errand, @Nullable String digits, Instant at) implements CallFact {
    public Returned(LegId leg, int errand, Instant at) {
      this(leg, errand, null, at);
    }
  }

  /** All are where {@link SwitchCommand.Arrange} of this version wants them. */
  record Arranged(int version, Instant at) implements CallFact {}

  /**
   * The switch would not do so, tried again and again; the living legs are where they can be.
   *
   * @param leg which one could not be moved
   */
  record ArrangeFailed(int version, LegId leg, String text, Instant at) implements CallFact {}

  /** The recording is so: answers {@link SwitchCommand.Tape}. */
  record Taped(String recording, SwitchCommand.TapeMode mode, int version, Instant at)
      implements CallFact {}

  /** The switch would not do so with the recording. */
  record TapeRefused(String recording, int version, String text, Instant at) implements CallFact {}

  /** The recording has ended: it was stopped, or its leg has. */
  record TapeEnded(String recording, Duration length, Instant at) implements CallFact {}

  /** A caller has left a message: {@link Errand.Voicemail}. */
  record MessageLeft(LegId leg, String message, Duration length, Instant at) implements CallFact {}

  record Dtmf(LegId leg, String digit, Instant at) implements CallFact {}

  /**
   * A leg has ended or never came to be.
   *
   * @param cause FreeSWITCH's name of the cause, or one of {@link Causes}
   * @param byLink whether the link concluded it (absent, lost) instead of the switch saying so
   * @param quality how well it was heard; null when the switch does not say
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LegGone(LegId leg, String cause, boolean byLink, @Nullable Quality quality, Instant at)
      implements CallFact {
    public LegGone(LegId leg, String cause, boolean byLink, Instant at) {
      this(leg, cause, byLink, null, at);
    }
  }

  /** What the link knows of the call's legs, every 10 s and when asked. */
  record StillUp(
      SwitchId home, String incarnation, List<LegView> up, List<LegId> absent, Instant at)
      implements CallFact {
    public StillUp {
      up = List.copyOf(up);
      absent = List.copyOf(absent);
    }

    /** Whether it says of each of these legs that it lives or that it does not. */
    public boolean accountsFor(Collection<LegId> legs) {
      Set<LegId> told = new HashSet<>(absent);
      up.forEach(view -> told.add(view.leg()));
      return told.containsAll(legs);
    }
  }

  /** One living (or still pending) leg. */
  record LegView(LegId leg, LegState state, @Nullable LegId bridgedTo) {}

  /** How far a leg is. */
  enum LegState {
    /** Ordered, and its outcome is not known yet. */
    PENDING,
    RINGING,
    ANSWERED,
    BRIDGED
  }

  /** The link has lost its switch; nothing can be ordered until the next {@link StillUp}. */
  record LinkLost(SwitchId home, Instant at) implements CallFact {}

  /** The link has forgotten the call. */
  record Dropped(Instant at) implements CallFact {}
}
