package tandem.router.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.agent.Agent;

class ValuesTest {
  private static final String UUID = "00000000-0000-4000-8000-000000000001";
  private static final TenantId ACME = new TenantId("acme");

  @TestFactory
  Stream<DynamicTest> shouldNameTheFieldOfABadId() {
    Map<String, Function<String, Object>> ids =
        Map.of(
            "tenant", TenantId::new,
            "agent", AgentId::parse,
            "queue", QueueId::parse,
            "call", CallId::parse,
            "switch", SwitchId::new,
            "offer", OfferId::new,
            "leg", LegId::new,
            "contact", Contact::new,
            "number", PhoneNumber::new);
    return ids.entrySet().stream()
        .flatMap(
            id ->
                Stream.of("", " ", "a b", "a\r\nb", ":", "a:", ":b", "ÄÖ", "x".repeat(200))
                    .map(
                        bad ->
                            DynamicTest.dynamicTest(
                                id.getKey() + " of " + bad.length() + " characters",
                                () ->
                                    assertThatThrownBy(() -> id.getValue().apply(bad))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageStartingWith(id.getKey() + ":"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:ann@phones.invalid",
        "sip:1001@10.0.0.1:5080",
        "sip:+14155550100@host",
        "sip:a.b_c-d@sim.invalid"
      })
  void shouldTakeAPhonesAddress(String good) {
    assertThatCode(() -> new Contact(good)).doesNotThrowAnyException();
    assertThat("sip:" + new Contact(good).address()).isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@phones.invalid",
        "sip:ann",
        "sip:@host",
        "sip:ann@host;transport=tcp",
        "sip:ann@host?x=y",
        "sip:ann@host,sip:eve@host",
        "sip:ann@host:123456",
        "sip:a{n}n@host",
        "sip:ann@host\r\nX: y",
        "tel:+14155550100"
      })
  void shouldRefuseWhatCouldSayMoreThanWhereToRing(String bad) {
    assertThatThrownBy(() -> new Contact(bad)).hasMessageStartingWith("contact:");
  }

  @Test
  void shouldRefuseALongHostileAddressAtOnce() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> new Contact("sip:a@" + "a".repeat(60) + "!"))
                .hasMessageStartingWith("contact:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"14155550100", "+0155550100", "+123456", "+1234567890123456", "+1 415"})
  void shouldRefuseWhatIsNoNumber(String bad) {
    assertThatThrownBy(() -> new PhoneNumber(bad)).hasMessageStartingWith("number:");
  }

  @Test
  void shouldReadWhatItWrites() {
    assertThat(AgentId.parse("acme:ann").value()).isEqualTo("acme:ann");
    assertThat(QueueId.parse("acme:support").toString()).isEqualTo("acme:support");
    assertThat(CallId.parse("acme:" + UUID)).isEqualTo(new CallId(ACME, UUID));
  }

  @Test
  void shouldNameTheFieldOfABadSetting() {
    Duration fine = Duration.ofSeconds(10);
    assertThatThrownBy(() -> new QueueSettings(Strategy.LONGEST_IDLE, Duration.ZERO, fine))
        .hasMessageStartingWith("ringTimeout:");
    assertThatThrownBy(() -> new QueueSettings(Strategy.LONGEST_IDLE, fine, Duration.ofHours(2)))
        .hasMessageStartingWith("wrapUp:");
    assertThatThrownBy(() -> new Entry(new QueueId(ACME, "q"), 101, AnswerMode.ON_QUEUE))
        .hasMessageStartingWith("priority:");
    Contact contact = new Contact("sip:ann@host");
    assertThatThrownBy(() -> new Agent.Profile("Ann", contact, List.of(), 0, Traits.NONE))
        .hasMessageStartingWith("capacity:");
    assertThatThrownBy(() -> new Agent.Profile(" ", contact, List.of(), 1, Traits.NONE))
        .hasMessageStartingWith("displayName:");
  }

  @Test
  void shouldAdmitALegUnlessTheCallRunsAwayOrThePhoneIsTheCaller() {
    Contact contact = new Contact("sip:1001@host");
    assertThat(Admission.refusal(contact, "+14155550199", 1)).isEmpty();
    assertThat(Admission.refusal(contact, "+14155550199", Admission.MAX_LEGS)).isPresent();
    assertThat(Admission.refusal(contact, "1001", 1)).isPresent();
  }
}
