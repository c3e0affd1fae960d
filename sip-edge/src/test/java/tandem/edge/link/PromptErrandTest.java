package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.LegId;
import tandem.router.domain.Prompt;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;

/** Callers hear prompts, type digits and leave messages; nothing that is said means a command. */
class PromptErrandTest extends ErrandFixture {
  private static final String MESSAGE = "00000000-0000-4000-8000-00000000000b";

  private static final Errand COLLECT =
      new Errand.Collect(
          List.of(new Prompt.File("menu.wav")),
          2,
          4,
          Duration.ofSeconds(5),
          Duration.ofMillis(1_500),
          "#");

  private String variables() {
    String told =
        link.commands.stream()
            .filter(command -> command.startsWith("uuid_setvar_multi"))
            .reduce((first, second) -> second)
            .orElseThrow();
    return told.substring(told.indexOf(LinkHarness.NUMBER + ";") + LinkHarness.NUMBER.length() + 1);
  }

  private LegId ordered(Errand errand) {
    LegId caller = link.greeted();
    link.forgetSaid();
    link.order(handOver(caller, 1, errand));
    link.answerAll();
    return caller;
  }

  @Test
  void shouldPlayFilesSpeechAndNumbersAsOneList() {
    LegId caller =
        ordered(
            new Errand.Play(
                List.of(
                    new Prompt.File("audio/demo/hello/3.wav"),
                    new Prompt.Speech("You're number;", "en-GB"),
                    new Prompt.Number(1_234, "en-GB"))));
    assertThat(variables())
        .isEqualTo(
            "tandem_prompts=audio/demo/hello/3.wav!say:You’re number,!phrase:tandem-number:1234"
                + ";language=en");
    assertThat(link.commands).endsWith(transfer(caller, "play-1"));
    link.happen(back(caller, 1));
    assertThat(link.last(caller, CallFact.Returned.class).digits()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "costs ${system(reboot)}",
        "a\\b",
        "a|b",
        "a{b}",
        "a^b",
        "a`b`",
        "a<b>",
        "$5",
        "a\u0000b"
      })
  void shouldRefuseSpeechThatCouldMeanSomethingElse(String text) {
    Prompt speech;
    try {
      speech = new Prompt.Speech(text, "en");
    } catch (IllegalArgumentException neverOrdered) {
      return;
    }
    LegId caller = ordered(new Errand.Play(List.of(new Prompt.File("a.wav"), speech)));
    assertThat(link.last(caller, CallFact.HandOverRefused.class).text())
        .startsWith("prompts[1].text: must be letters, digits and punctuation, got '");
    assertThat(link.commands).noneMatch(command -> command.contains("tandem_prompts"));
  }

  @Test
  void shouldReturnWhatWasTyped() {
    LegId caller = ordered(COLLECT);
    assertThat(variables())
        .isEqualTo(
            "tandem_least=2;tandem_most=4;tandem_first=5000;tandem_next=1500;tandem_end=#"
                + ";tandem_prompts=menu.wav;language=en");
    assertThat(link.commands).endsWith(transfer(caller, "collect-1"));
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller), 1, "123"));
    assertThat(link.last(caller, CallFact.Returned.class).digits()).isEqualTo("123");
    link.order(handOver(caller, 1, COLLECT));
    assertThat(link.last(caller, CallFact.Returned.class).digits())
        .as("said to a repeat as well")
        .isEqualTo("123");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "_undef_", ""})
  void shouldTakeFewerDigitsThanAreWantedForNone(String typed) {
    LegId caller = ordered(COLLECT);
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller), 1, typed));
    assertThat(link.last(caller, CallFact.Returned.class).digits()).isEmpty();
  }

  @Test
  void shouldAskAfterALossWhatWasTyped() {
    LegId caller = ordered(COLLECT);
    reconnect(caller, "park");
    link.order(handOver(caller, 1, COLLECT));
    link.answer("uuid_getvar " + caller + " tandem_errand", "1");
    link.answer("uuid_getvar " + caller + " tandem_errand_over", "1");
    link.answer("uuid_getvar " + caller + " tandem_digits", "42");
    assertThat(link.last(caller, CallFact.Returned.class).digits()).isEqualTo("42");
  }

  @Test
  void shouldRecordAMessageIntoAFileOfItsName() {
    LegId caller =
        ordered(
            new Errand.Voicemail(
                "sales", MESSAGE, List.of(), Duration.ofSeconds(90), Duration.ofSeconds(4)));
    assertThat(variables())
        .isEqualTo(
            "tandem_errand_argument=message-demo~sales~"
                + MESSAGE
                + ".wav;tandem_longest=90;tandem_silence=4"
                + ";tandem_prompts=silence_stream://10;language=en");
    assertThat(link.commands).endsWith(transfer(caller, "message-1"));
  }

  @Test
  void shouldNameTheFieldThatMayNotBeSo() {
    Errand tooMany =
        new Errand.Collect(List.of(), 1, 33, Duration.ofSeconds(1), Duration.ofSeconds(1), "");
    LegId caller = ordered(tooMany);
    assertThat(link.last(caller, CallFact.HandOverRefused.class).text())
        .isEqualTo("most: must be 1 to 32, got 33");
    caller = ordered(new Errand.Voicemail("sales", "../../x", List.of(), null, null));
    assertThat(link.last(caller, CallFact.HandOverRefused.class).text())
        .isEqualTo("message: must be a UUID");
  }
}
