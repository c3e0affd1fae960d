package tandem.router.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.OfferId;
import tandem.router.domain.Presence;
import tandem.router.domain.RouterSerializable;
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
 */
public record AgentState(
    long version,
    Agent.@Nullable Profile profile,
    Presence presence,
    @Nullable String reason,
    Instant idleSince,
    List<AgentOffer> offers,
    List<OfferId> finished,
    @Nullable Instant restUntil)
    implements RouterSerializable {
  private static final int REMEMBERED = 32;

  static final AgentState EMPTY =
      new AgentState(0, null, Presence.OFFLINE, null, Instant.EPOCH, List.of(), List.of(), null);

  public AgentState {
    offers = List.copyOf(offers);
    finished = List.copyOf(finished);
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

  Queue.Announcement announcement(String queue, Instant now) {
    boolean member = profile != null && profile.queues().contains(queue);
    return new Queue.Announcement(version, member, member ? free(now) : 0, idleSince);
  }

  AgentState evolve(Agent.Event event) {
    if (event instanceof Agent.ProfileSaved e) {
      return with(e.profile(), presence, reason, profile == null ? e.at() : idleSince, restUntil);
    } else if (event instanceof Agent.PresenceSet e) {
      boolean starts = e.presence() == Presence.READY && presence != Presence.READY;
      return with(
          profile,
          e.presence(),
          e.reason(),
          starts ? e.at() : idleSince,
          starts ? null : restUntil);
    } else if (event instanceof Agent.Reserved e) {
      List<AgentOffer> now = new ArrayList<>(offers);
      now.add(
          new AgentOffer(
              e.offer(),
              e.call(),
              e.round(),
              e.queue(),
              e.ringTimeout(),
              e.wrapUp(),
              AgentView.OfferState.RESERVED,
              e.at(),
              null));
      return withOffers(now, finished, idleSince, restUntil);
    } else if (event instanceof Agent.TalkStarted e) {
      return change(e.offer(), offer -> offer.talking(e.at()));
    } else if (event instanceof Agent.WrapUpStarted e) {
      return change(e.offer(), offer -> offer.wrappingUp(e.at(), e.until()));
    } else if (event instanceof Agent.Released e) {
      return finish(e.offer(), idleSince, e.restUntil() == null ? restUntil : e.restUntil());
    } else if (event instanceof Agent.WrapUpEnded e) {
      return finish(e.offer(), e.at(), restUntil);
    }
    throw new IllegalStateException("an agent has no state after " + event);
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
        version + 1, newProfile, newPresence, newReason, idle, offers, finished, rest);
  }

  private AgentState withOffers(
      List<AgentOffer> nowOffers, List<OfferId> nowFinished, Instant idle, @Nullable Instant rest) {
    return new AgentState(
        version + 1, profile, presence, reason, idle, nowOffers, nowFinished, rest);
  }

  AgentView view(AgentId id, Agent.Profile shown, Instant now) {
    return new AgentView(
        id,
        shown.displayName(),
        shown.contact(),
        shown.queues(),
        shown.capacity(),
        presence,
        reason,
        free(now) > 0,
        idleSince,
        offers.stream()
            .map(o -> new AgentView.OfferView(o.id(), o.call(), o.state(), o.since()))
            .toList());
  }
}
