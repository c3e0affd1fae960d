package tandem.router.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.OfferId;
import tandem.router.domain.Presence;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.Traits;
import tandem.router.feed.AgentView;
import tandem.router.queue.Queue;

/**
 * An agent as its journal tells it.
 *
 * @param version how many events made it; orders its announcements
 * @param profile null until the agent is made
 * @param offers its offers, at most its capacity
 * @param finished the last offers that ended, so that a late repeat is known
 * @param restUntil until when it is passed over
 * @param calls answered since it signed in
 * @param talk how long it has talked since it signed in
 */
public record AgentState(
    long version,
    Agent.@Nullable Profile profile,
    Presence presence,
    @Nullable String reason,
    Instant idleSince,
    List<AgentOffer> offers,
    List<OfferId> finished,
    @Nullable Instant restUntil,
    long calls,
    Duration talk)
    implements RouterSerializable {
  private static final int REMEMBERED = 32;

  static final AgentState EMPTY =
      new AgentState(
          0,
          null,
          Presence.OFFLINE,
          null,
          Instant.EPOCH,
          List.of(),
          List.of(),
          null,
          0,
          Duration.ZERO);

  public AgentState {
    offers = List.copyOf(offers);
    finished = List.copyOf(finished);
    // There was none in older snapshots.
    talk = talk == null ? Duration.ZERO : talk;
  }

  @Nullable AgentOffer offer(OfferId id) {
    return offers.stream().filter(offer -> offer.id().equals(id)).findFirst().orElse(null);
  }

  /** Calls it would take now. */
  int free(Instant now) {
    boolean resting = restUntil != null && restUntil.isAfter(now);
    return profile == null || presence != Presence.READY || resting
        ? 0
        : Math.max(0, profile.capacity() - offers.size());
  }

  Queue.Announcement announcement(boolean member, Instant now, Instant from, boolean first) {
    return new Queue.Announcement(
        version,
        member,
        member ? free(now) : 0,
        idleSince,
        member && profile != null ? profile.traits() : Traits.NONE,
        calls,
        talk,
        from,
        first);
  }

  AgentState evolve(Agent.Event event) {
    if (event instanceof Agent.ProfileSaved e) {
      return with(e.profile(), presence, reason, profile == null ? e.at() : idleSince, restUntil);
    } else if (event instanceof Agent.PresenceSet e) {
      boolean starts = e.presence() == Presence.READY && presence != Presence.READY;
      AgentState now =
          with(
              profile,
              e.presence(),
              e.reason(),
              starts ? e.at() : idleSince,
              starts ? null : restUntil);
      return e.presence() == Presence.OFFLINE ? now.counted(0, Duration.ZERO) : now;
    } else if (event instanceof Agent.Reserved e) {
      return granted(AgentOffer.of(e));
    } else if (event instanceof Agent.Summoned e) {
      return granted(AgentOffer.of(e));
    } else if (event instanceof Agent.TalkStarted e) {
      return change(e.offer(), offer -> offer.talking(e.at()))
          .counted(listens(e.offer()) ? calls : calls + 1, talk);
    } else if (event instanceof Agent.WrapUpStarted e) {
      return change(e.offer(), offer -> offer.wrappingUp(e.at(), e.until()))
          .counted(calls, talk.plus(talked(e.offer(), e.at())));
    } else if (event instanceof Agent.Released e) {
      return finish(e.offer(), idleSince, e.restUntil() == null ? restUntil : e.restUntil());
    } else if (event instanceof Agent.WrapUpEnded e) {
      return finish(e.offer(), listens(e.offer()) ? idleSince : e.at(), restUntil)
          .counted(calls, talk.plus(talked(e.offer(), e.at())));
    }
    throw new IllegalStateException("an agent has no state after " + event);
  }

  private AgentState granted(AgentOffer offer) {
    List<AgentOffer> now = new ArrayList<>(offers);
    now.add(offer);
    return withOffers(now, finished, idleSince, restUntil);
  }

  private boolean listens(OfferId id) {
    AgentOffer offer = offer(id);
    return offer != null && offer.listens();
  }

  /** How long this offer's two have talked; nothing once that is counted. */
  private Duration talked(OfferId id, Instant until) {
    AgentOffer offer = offer(id);
    return offer == null
            || offer.listens()
            || !offer.is(AgentView.OfferState.TALKING)
            || offer.since().isAfter(until)
        ? Duration.ZERO
        : Duration.between(offer.since(), until);
  }

  private AgentState counted(long nowCalls, Duration nowTalk) {
    return new AgentState(
        version, profile, presence, reason, idleSince, offers, finished, restUntil, nowCalls,
        nowTalk);
  }

  private AgentState change(OfferId id, UnaryOperator<AgentOffer> to) {
    return withOffers(
        offers.stream().map(offer -> offer.id().equals(id) ? to.apply(offer) : offer).toList(),
        finished,
        idleSince,
        restUntil);
  }

  private AgentState finish(OfferId id, Instant idle, @Nullable Instant rest) {
    List<OfferId> over = new ArrayList<>(finished);
    over.add(id);
    return withOffers(
        offers.stream().filter(offer -> !offer.id().equals(id)).toList(),
        over.size() > REMEMBERED ? over.subList(over.size() - REMEMBERED, over.size()) : over,
        idle,
        rest);
  }

  private AgentState with(
      Agent.@Nullable Profile newProfile,
      Presence newPresence,
      @Nullable String newReason,
      Instant idle,
      @Nullable Instant rest) {
    return new AgentState(
        version + 1, newProfile, newPresence, newReason, idle, offers, finished, rest, calls, talk);
  }

  private AgentState withOffers(
      List<AgentOffer> nowOffers, List<OfferId> nowFinished, Instant idle, @Nullable Instant rest) {
    return new AgentState(
        version + 1, profile, presence, reason, idle, nowOffers, nowFinished, rest, calls, talk);
  }

  AgentView view(AgentId id, Agent.Profile shown, Instant now) {
    return new AgentView(
        id,
        shown.displayName(),
        shown.contact(),
        shown.queues(),
        shown.capacity(),
        shown.traits(),
        shown.callerId(),
        presence,
        reason,
        free(now) > 0,
        idleSince,
        offers.stream()
            .map(o -> new AgentView.OfferView(o.id(), o.call(), o.state(), o.since()))
            .toList());
  }
}
