package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.SerializationTestKit;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tandem.router.domain.LegId;

/** What a link writes comes back as it was, and makes the same book again. */
class LinkEventTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00.123456Z");
  private static final LegId CALLER = new LegId("00000000-0000-4000-8000-000000000001");
  private static final LegId OTHER = new LegId("00000000-0000-4000-8000-000000000002");
  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create(ConfigFactory.load());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  static List<LinkEvent> events() {
    return List.of(
        new LinkEvent.Carried(LinkHarness.carried(CALLER, AT)),
        new LinkEvent.Dropped(List.of(LinkHarness.call(CALLER), LinkHarness.call(OTHER))),
        new LinkEvent.SwitchSeen(LinkHarness.CORE, AT),
        new LinkEvent.WentDown(AT),
        new LinkEvent.DeclaredDead(AT),
        new LinkEvent.DrainSet(true, AT));
  }

  /** Somebody who is to be called back is carried by the same event, which says more then. */
  static List<LinkEvent> callbacks() {
    return List.of(new LinkEvent.Carried(CallbackFixture.carried(CALLER, AT)));
  }

  /** So is a call that an agent makes. */
  static List<LinkEvent> outbounds() {
    return List.of(new LinkEvent.Carried(OutboundTest.carried(CALLER, AT)));
  }

  static List<LinkBook> books() {
    return List.of(
        LinkBook.EMPTY,
        LinkHarness.book(LinkHarness.carried(CALLER, AT)),
        LinkHarness.book(CallbackFixture.carried(CALLER, AT)),
        LinkHarness.book(OutboundTest.carried(CALLER, AT)),
        new LinkBook(
            List.of(LinkHarness.carried(CALLER, AT).asDoomed()), LinkHarness.CORE, AT, true, true));
  }

  @ParameterizedTest
  @MethodSource({"events", "callbacks", "outbounds"})
  void shouldReadAnEventAsItWasWritten(LinkEvent event) {
    new SerializationTestKit(kit.system()).verifySerialization(event, true);
  }

  @ParameterizedTest
  @MethodSource("books")
  void shouldReadASnapshotAsItWasWritten(LinkBook book) {
    new SerializationTestKit(kit.system()).verifySerialization(book, true);
    assertThat(OpenBook.of(book).copy()).isEqualTo(book);
  }

  @Test
  void shouldDoomOnlyTheCallsBeforeADeclarationThoughItsBatchWasWrittenTwice() {
    OpenBook book = new OpenBook();
    book.evolve(new LinkEvent.Carried(LinkHarness.carried(CALLER, AT)));
    List<LinkEvent> batch =
        List.of(
            new LinkEvent.DeclaredDead(AT),
            new LinkEvent.SwitchSeen(LinkHarness.CORE, AT),
            new LinkEvent.Carried(LinkHarness.carried(OTHER, AT)));
    batch.forEach(book::evolve);
    batch.forEach(book::evolve);

    assertThat(book.copy().calls())
        .filteredOn(CarriedCall::doomed)
        .extracting(CarriedCall::call)
        .containsExactly(LinkHarness.call(CALLER));
  }

  @Test
  void shouldKeepWhatIsCarriedAndHowItStandsWithTheSwitch() {
    OpenBook book = new OpenBook();
    book.evolve(new LinkEvent.Carried(LinkHarness.carried(CALLER, AT)));
    book.evolve(new LinkEvent.Carried(LinkHarness.carried(OTHER, AT)));
    book.evolve(new LinkEvent.SwitchSeen(LinkHarness.CORE, AT));
    book.evolve(new LinkEvent.Dropped(List.of(LinkHarness.call(OTHER))));
    assertThat(book.copy()).isEqualTo(LinkHarness.book(LinkHarness.carried(CALLER, AT)));

    book.evolve(new LinkEvent.WentDown(AT));
    book.evolve(new LinkEvent.DeclaredDead(AT.plusSeconds(60)));
    assertThat(book.copy().dead()).isTrue();
    assertThat(book.copy().calls()).allMatch(CarriedCall::doomed);

    book.evolve(new LinkEvent.SwitchSeen(LinkHarness.OTHER_CORE, AT.plusSeconds(70)));
    assertThat(book.copy().dead()).isFalse();
    assertThat(book.copy().downSince()).isNull();
    assertThat(book.copy().calls()).allMatch(CarriedCall::doomed);
  }

  @Test
  void shouldNotDoomACallback() {
    OpenBook book = new OpenBook();
    book.evolve(new LinkEvent.Carried(CallbackFixture.carried(CALLER, AT)));
    LinkBook before = book.copy();
    book.evolve(new LinkEvent.DeclaredDead(AT));
    assertThat(book.copy().dead()).isTrue();
    assertThat(book.copy().calls()).isEqualTo(before.calls());
  }
}
