package tandem.router.domain.ivr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.router.domain.Attributes;
import tandem.router.domain.plan.Action;

/** What callers hear, key in and come to. */
class IvrRunnerTest {
  private static final Action BOX_A = new Action.Voicemail("a");
  private static final Action BOX_B = new Action.Voicemail("b");

  private static final String MENU =
      IvrStory.nodes(
          """
          {
            "a": {"play": "welcome.wav", "next": "m"},
            "m": {
              "menu": [{"say": "Press one"}, "menu.wav"], "options": {"1": "one", "11": "two"},
              "tries": 3, "timeout": "4s", "between": "1s",
              "onSilence": {"say": "Nothing"}, "onInvalid": {"say": "Wrong"}, "otherwise": "two"
            },
            "one": {"do": {"voicemail": "a"}},
            "two": {"do": {"voicemail": "b"}}
          }
          """);

  @Test
  void shouldPlayThenAskThenLeave() {
    IvrStory story = IvrStory.of(MENU);

    assertThat(story.hears()).isEqualTo("welcome.wav");
    assertThat(story.played().hears()).isEqualTo("en-US: Press one | menu.wav");
    assertThat(story.ask())
        .isEqualTo(
            new Ask.Digits(
                ((Ask.Digits) story.ask()).prompts(),
                1,
                2,
                Duration.ofSeconds(4),
                Duration.ofSeconds(1),
                "#"));
    assertThat(story.keys("1").end()).isEqualTo(BOX_A);
    assertThat(story.turn().session().steps()).isEqualTo(3);
    assertThat(story.turn().session().plan()).isEqualTo(7);
  }

  @Test
  void shouldTellOptionsApartOfWhichOneBeginsLikeAnother() {
    assertThat(IvrStory.of(MENU).played().keys("11").end()).isEqualTo(BOX_B);
    assertThat(IvrStory.of(MENU).played().keys("1").end()).isEqualTo(BOX_A);
  }

  @Test
  void shouldNotWaitForAnEndWhereOneDigitIsEnoughOrTheEndIsAnOption() {
    String one =
        """
        {"a": {"menu": "m.wav", "options": {"1": "e"}, "otherwise": "e"},
         "e": {"do": {"voicemail": "a"}}}
        """;
    assertThat(((Ask.Digits) IvrStory.of(IvrStory.nodes(one)).ask()).end()).isEmpty();
    String hash = one.replace("{\"1\"", "{\"#\": \"e\", \"12\": \"e\", \"1\"");
    assertThat(((Ask.Digits) IvrStory.of(IvrStory.nodes(hash)).ask()).end()).isEmpty();
  }

  @Test
  void shouldAskAgainAndSayWhyUntilTheTriesAreOver() {
    IvrStory story = IvrStory.of(MENU).played();

    assertThat(story.keys("").hears()).isEqualTo("en-US: Nothing | en-US: Press one | menu.wav");
    assertThat(story.keys("7").hears()).startsWith("en-US: Wrong | ");
    assertThat(story.crash().hears()).as("after a crash").startsWith("en-US: Wrong | ");
    assertThat(story.keys("8").end()).isEqualTo(BOX_B);
  }

  @Test
  void shouldCountTriesAnewWhenANodeIsComeToAnew() {
    String round =
        IvrStory.nodes(
            """
            {"a": {"menu": "m.wav", "options": {"1": "a", "2": "e"}, "tries": 2, "otherwise": "e"},
             "e": {"do": {"voicemail": "a"}}}
            """);
    IvrStory story = IvrStory.of(round).keys("").keys("1");

    assertThat(story.turn().session().tries()).isZero();
    assertThat(story.keys("").node()).isEqualTo("main/a");
    assertThat(story.keys("").end()).isEqualTo(BOX_A);
  }

  private static String collect(String more) {
    return IvrStory.nodes(
        """
        {
          "a": {"collect": "number.wav", "least": 3, "most": 5, "into": "account",
                "check": "digits.startsWith('4') && call.country == 'US'", "tries": 2,
                "next": "said", "otherwise": "no" %s},
          "said": {"play": [{"say": "You said {account}"}, {"number": "{account}"}], "next": "yes"},
          "yes": {"do": {"voicemail": "a"}},
          "no": {"do": {"voicemail": "b"}}
        }
        """
            .formatted(more));
  }

  @Test
  void shouldCollectDigitsIntoAnAttributeAndSayThem() {
    IvrStory story = IvrStory.of(collect("")).keys("0123").keys("0499");
    assertThat(story.end()).as("both began with 0").isEqualTo(BOX_B);

    story = IvrStory.of(collect("")).keys("4123");
    assertThat(story.attribute("account")).isEqualTo("4123");
    assertThat(story.hears()).isEqualTo("en-US: You said 4123 | number 4123");
    assertThat(story.played().end()).isEqualTo(BOX_A);
  }

  @ParameterizedTest
  @CsvSource({"4, main/a", "41, main/a", "412, main/said", "41234, main/said", "412345, main/a"})
  void shouldTakeNoFewerAndNoMoreDigits(String digits, String node) {
    assertThat(IvrStory.of(collect("")).keys(digits).node()).isEqualTo(node);
  }

  private static final String PIN =
      IvrStory.nodes(
          """
          {
            "a": {"collect": "pin.wav", "most": 6, "into": "pin", "secret": true,
                  "next": "look", "otherwise": "no"},
            "look": {"request": "https://crm.example.com/pin/{pin}?of={call.from}",
                     "answer": {"name": "/customer/name"}, "timeout": "2s",
                     "ok": "yes", "failed": "no", "timedOut": "late"},
            "yes": {"do": {"voicemail": "a"}},
            "no": {"do": {"voicemail": "b"}},
            "late": {"do": {"flow": "late"}}
          }
          """);

  @Test
  void shouldKeepASecretInMemoryOnlyAndPutItIntoTheRequest() {
    IvrStory story = IvrStory.of(PIN).keys("9876");

    Ask.Request request = (Ask.Request) story.ask();
    assertThat(request.url()).isEqualTo("https://crm.example.com/pin/9876?of=%2B14155550199");
    assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(story.attribute("pin")).isNull();
    assertThat(story.turn().session().toString() + story.turn()).doesNotContain("9876");
    assertThat(story.found(Map.of("name", "Ada", "other", "x")).end()).isEqualTo(BOX_A);
    assertThat(story.attribute("name")).isEqualTo("Ada");
    assertThat(story.attribute("other")).as("not asked for").isNull();
  }

  @Test
  void shouldAskForASecretAgainThatACrashHasTaken() {
    IvrStory story = IvrStory.of(PIN).keys("9876").crash();

    assertThat(story.node()).isEqualTo("main/a");
    assertThat(((Ask.Request) story.keys("1234").ask()).url()).contains("/pin/1234?");
  }

  @Test
  void shouldAskTheOtherSystemAgainAfterACrashWhenNothingIsLost() {
    IvrStory story =
        IvrStory.of(
            IvrStory.nodes(
                """
                {"a": {"request": "https://crm.example.com/", "ok": "e", "failed": "e"},
                 "e": {"do": {"voicemail": "a"}}}
                """));
    Ask before = story.ask();

    assertThat(story.crash().ask()).isEqualTo(before);
    assertThat(story.turn().session().steps()).as("no node was gone through").isEqualTo(1);
  }

  @Test
  void shouldGoAnotherWayWhenARequestFailsOrIsTooLate() {
    assertThat(IvrStory.of(PIN).keys("1").input(new IvrInput.NotFound()).end()).isEqualTo(BOX_B);
    assertThat(IvrStory.of(PIN).keys("1").input(new IvrInput.TooLate()).end())
        .isEqualTo(new Action.GoTo("late"));
  }

  @Test
  void shouldSendWhatTheCallKnowsAsABody() {
    IvrStory story =
        IvrStory.of(
            IvrStory.nodes(
                """
                {"a": {"request": "https://crm.example.com/find?q={q}", "method": "POST",
                       "body": {"who": "{call.from}", "tries": "{tries}", "text": "n{tries}", "gone": "{gone}", "n": 1},
                       "headers": {"Authorization": "crm"}, "ok": "e", "failed": "e"},
                 "e": {"do": {"voicemail": "a"}}}
                """),
            Map.of("q", "a b/ü&c=d", "tries", 3L),
            IvrStory.NOW);

    Ask.Request request = (Ask.Request) story.ask();
    assertThat(request.url()).isEqualTo("https://crm.example.com/find?q=a%20b%2F%C3%BC%26c%3Dd");
    assertThat(request.body())
        .containsEntry("who", "+14155550199")
        .containsEntry("tries", 3L)
        .containsEntry("text", "n3")
        .containsEntry("gone", "")
        .containsEntry("n", 1L);
    assertThat(request.headers()).containsExactly(Map.entry("Authorization", "crm"));
  }

  @ParameterizedTest
  @CsvSource({".", "..", "..."})
  void shouldNotAskAnotherPlaceOfAHostThanThePlanMeans(String value) {
    IvrStory story =
        IvrStory.of(
            IvrStory.nodes(
                """
                {"a": {"request": "https://crm.example.com/of/{who}/", "ok": "y", "failed": "n"},
                 "y": {"do": {"voicemail": "a"}}, "n": {"do": {"voicemail": "b"}}}
                """),
            Map.of("who", value),
            IvrStory.NOW);

    assertThat(story.end()).isEqualTo(BOX_B);
  }

  @Test
  void shouldChooseByTheFirstConditionThatHolds() {
    String choose =
        IvrStory.nodes(
            """
            {
              "a": {"set": {"tier": "gold", "copy": "{score}", "text": "is {score}!"}, "next": "b"},
              "b": {"choose": [
                {"when": "call.attributes.gone > 1", "next": "no"},
                {"when": "call.attributes.copy > 5 && call.attributes.text == 'is 6!'", "next": "yes"},
                {"when": "true", "next": "no"}], "otherwise": "no"},
              "yes": {"do": {"voicemail": "a"}},
              "no": {"do": {"voicemail": "b"}}
            }
            """);

    IvrStory story = IvrStory.of(choose, Map.of("score", 6L), IvrStory.NOW);
    assertThat(story.end()).isEqualTo(BOX_A);
    assertThat(story.turn().passed()).containsExactly("main/a", "main/b");
    assertThat(story.attribute("tier")).isEqualTo("gold");
    assertThat(IvrStory.of(choose).end()).isEqualTo(BOX_B);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T15:00:00Z, a",
    "2026-11-20T23:00:00Z, b",
    "2026-11-26T15:00:00Z, late",
  })
  void shouldKnowHoursAndHolidays(String now, String box) {
    String hours =
        IvrStory.nodes(
            """
            {"a": {"hours": "office", "open": "day", "closed": "night", "holiday": "feast"},
             "day": {"do": {"voicemail": "a"}}, "night": {"do": {"voicemail": "b"}},
             "feast": {"do": {"voicemail": "late"}}}
            """);

    assertThat(IvrStory.of(hours, Map.of(), Instant.parse(now)).end())
        .isEqualTo(new Action.Voicemail(box));
  }

  private static final String VISITS =
      """
      {
        "main": {"start": "a", "nodes": {
          "a": {"collect": "c.wav", "most": 4, "into": "pin", "secret": true, "next": "v", "otherwise": "e"},
          "v": {"ivr": "sub", "next": "look"},
          "look": {"request": "https://x.example/{pin}", "ok": "e", "failed": "e"},
          "e": {"do": {"voicemail": "a"}}}},
        "sub": {"language": "de", "start": "p", "nodes": {
          "p": {"collect": {"say": "Zahl"}, "most": 4, "into": "pin", "secret": true, "next": "r", "otherwise": "x"},
          "r": {"return": true},
          "x": {"do": {"hangup": "CALL_REJECTED"}}}}
      }
      """;

  @Test
  void shouldVisitAnotherFlowAndComeBackWithItsOwnSecrets() {
    IvrStory story = IvrStory.of(VISITS).keys("1111");
    assertThat(story.node()).isEqualTo("sub/p");
    assertThat(story.hears()).isEqualTo("de: Zahl");
    assertThat(story.turn().session().stack())
        .containsExactly(new IvrSession.Frame("main", "look"));

    assertThat(((Ask.Request) story.keys("2222").ask()).url()).endsWith("/1111");
    assertThat(story.turn().secrets()).containsOnlyKeys("main/pin");
    assertThat(story.crash().node()).isEqualTo("main/a");
  }

  @Test
  void shouldEndAnEndlessFlowAtItsBound() {
    String round =
        IvrStory.nodes(
            """
            {"a": {"menu": "m.wav", "options": {"1": "a", "2": "e"}, "otherwise": "e"},
             "e": {"do": {"voicemail": "a"}}}
            """);
    IvrStory story = IvrStory.of(round);
    int keys = 0;
    while (!(story.ask() instanceof Ask.Leave)) {
      story.keys("1");
      keys++;
    }

    assertThat(keys).isEqualTo(IvrLimits.STEPS);
    assertThat(story.end()).isEqualTo(IvrRunner.LOST);
  }

  @Test
  void shouldHoldNoMoreAttributesThanACallMayHave() {
    Map<String, Object> full = new TreeMap<>();
    for (int i = 0; i < Attributes.MOST; i++) {
      full.put("n" + i, "x");
    }
    IvrStory story =
        IvrStory.of(
            IvrStory.nodes(
                """
                {"a": {"set": {"n1": "y", "new": "z"}, "next": "e"}, "e": {"do": {"voicemail": "a"}}}
                """),
            full,
            IvrStory.NOW);

    assertThat(story.end()).isEqualTo(BOX_A);
    assertThat(story.attribute("n1")).isEqualTo("y");
    assertThat(story.attribute("new")).isNull();
  }

  @Test
  void shouldRefuseAnInputThatNobodyHasAskedFor() {
    IvrStory story = IvrStory.of(MENU);

    assertThatThrownBy(() -> story.keys("1234"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("input: ")
        .hasMessageNotContaining("1234");
  }

  @Test
  void shouldRehearseWithWhatThePlanSaysCallersDo() {
    String plan =
        IvrStory.nodes(
            """
            {
              "a": {"menu": "m.wav", "options": {"1": "c", "2": "e"}, "otherwise": "no", "simulate": "1"},
              "c": {"collect": "c.wav", "most": 4, "into": "account", "next": "look", "otherwise": "no", "simulate": "4711"},
              "look": {"request": "https://x.example/", "answer": {"tier": "/tier"}, "ok": "e", "failed": "no", "simulate": {"tier": "gold"}},
              "e": {"do": {"voicemail": "a"}},
              "no": {"do": {"voicemail": "b"}}
            }
            """);

    Rehearsal said = IvrStory.rehearsal(plan);
    assertThat(said.action()).isEqualTo(BOX_A);
    assertThat(said.caller().attributes().values())
        .containsEntry("account", "4711")
        .containsEntry("tier", "gold");
    assertThat(IvrStory.rehearsal(plan.replaceAll(", \"simulate\": \"1\"", "")).action())
        .as("nobody keys anything in")
        .isEqualTo(BOX_B);
  }
}
