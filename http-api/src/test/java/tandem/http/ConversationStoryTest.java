package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.http.json.Explanation;
import tandem.http.json.Explanation.Decision;
import tandem.http.json.Json;
import tandem.router.call.Act;
import tandem.router.call.Call;
import tandem.router.call.Invite;
import tandem.router.call.ParkEvent;
import tandem.router.call.TableEvent;
import tandem.router.call.Target;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.OfferId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.TenantId;

/** An explanation tells who had the caller, and by whose wish. */
class ConversationStoryTest {
  private static final CallId CALL =
      new CallId(new TenantId("demo"), "00000000-0000-4000-8000-000000000001");
  private static final Instant AT = PlannedCall.AT;
  private static final Act ACT = new Act("k1", "ann@example.com", "what");
  private static final AgentId BOB = new AgentId(CALL.tenant(), "bob");
  private static final AgentId CARL = new AgentId(CALL.tenant(), "carl");
  private static final OfferId OFFER = new OfferId("00000000-0000-4000-8000-0000000000a1");
  private static final LotId LOBBY = new LotId(CALL.tenant(), "lobby");

  @Test
  void shouldTellWhoMovedACallAndWhere() throws IOException {
    Explanation explanation =
        Explanation.of(
            CALL,
            List.of(
                PlannedCall.arrived(CALL),
                new TableEvent.GivenAway(new Target.ToAgent(CARL), BOB, ACT, AT),
                new TableEvent.Invited(
                    new Invite(
                        1,
                        CARL,
                        OFFER,
                        null,
                        null,
                        Invite.Purpose.TRANSFER,
                        BOB,
                        null,
                        Duration.ofSeconds(20)),
                    null,
                    AT),
                new TableEvent.InviteOrdered(
                    1, LegId.of(OFFER), new Contact("sip:1009@sim.invalid"), 0, AT, AT),
                new TableEvent.InviteAnswered(1, AT),
                new TableEvent.Settled(2, AT),
                new TableEvent.Muted(LegId.of(OFFER), true, ACT, AT),
                new ParkEvent.SlotTaken(LOBBY, 1, 7, AT.plusSeconds(120), AT),
                new ParkEvent.Recalled(CARL, 1, AT),
                new Call.OfferFailed(OFFER, ReleaseReason.CALLER_GONE, false, AT)),
            Map.of(),
            false);
    assertThat(explanation.decisions())
        .extracting(Decision::kind, Decision::text)
        .contains(tuple("failed", "The offer to agent carl failed: the caller is gone."));
    assertThat(explanation.decisions())
        .filteredOn(decision -> decision.kind().equals("done"))
        .extracting(Decision::text)
        .containsExactly(
            "Agent bob transfers the caller to agent carl, asked for by ann@example.com.",
            "Agent carl is asked to take the caller.",
            "Agent carl picked up.",
            "Caller is parked in slot 7 of park lot lobby.",
            "Nobody has picked the caller up, so agent carl is called, attempt 1.");
    Decision given = explanation.decisions().get(1);
    assertThat(given.fields()).isEqualTo(Map.of("event", "given-away", "by", "ann@example.com"));
    assertThat(
            new OpenApiContract()
                .check(
                    "CallExplanation", new ObjectMapper().readTree(Json.text(explanation.json()))))
        .isEmpty();
  }
}
