package tandem.router.feed;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.Traits;

/**
 * An agent as people see it.
 *
 * @param callerId shown to whom the agent calls; absent for what the plan says
 * @param presence what the agent wants to be, with its reason
 * @param available whether an offer would be taken now
 * @param idleSince since when nothing was handled: the longest-idle order
 */
public record AgentView(
    AgentId id,
    String displayName,
    Contact contact,
    List<String> queues,
    int capacity,
    Traits traits,
    @Nullable PhoneNumber callerId,
    Presence presence,
    @Nullable String reason,
    boolean available,
    Instant idleSince,
    List<OfferView> offers)
    implements View {
  public AgentView {
    queues = List.copyOf(queues);
    offers = List.copyOf(offers);
  }

  /** One offer of an agent. */
  public record OfferView(OfferId offer, CallId call, OfferState state, Instant since) {}

  /** How far an offer is on the agent's side. */
  public enum OfferState {
    RESERVED,
    TALKING,
    WRAP_UP
  }
}
