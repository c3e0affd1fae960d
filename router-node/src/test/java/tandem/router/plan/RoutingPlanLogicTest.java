package tandem.router.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.SUPPORT;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.router.domain.time.Manual;
import tandem.router.entity.Address.ToPlan;
import tandem.router.entity.Address.ToPlanArchive;
import tandem.router.entity.Address.ToPlanIndex;
import tandem.router.entity.Address.ToQueue;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;
import tandem.router.queue.Queue;

/** A plan's draft, its versions, and how they become known. */
class RoutingPlanLogicTest {
  private final HandClock clock = new HandClock();
  private final Played<RoutingPlan.Command, RoutingPlan.Event, RoutingPlanLogic.State> plan =
      new Played<>(clock, () -> new RoutingPlanLogic(ACME));

  @BeforeEach
  void begin() {
    save("first", 0);
  }

  private void save(String text, long revision) {
    plan.take(new RoutingPlan.SaveDraft(text, revision, "mia", null));
  }

  private void publish(long revision) {
    plan.take(new RoutingPlan.Publish(revision, "mia", "because", List.of(SUPPORT.name()), null));
  }

  @Test
  void shouldNotLetTwoAuthorsOverwriteEachOther() {
    save("of one author", 1);
    assertThat(plan.replied(RoutingPlan.Draft.class).revision()).isEqualTo(2);

    save("of another, who began with the same draft", 1);

    assertThat(plan.replied(RoutingPlan.Overtaken.class).now()).isEqualTo(2);
    plan.assertPersisted();
    assertThat(plan.state().draft().text()).isEqualTo("of one author");
  }

  @Test
  void shouldNotCountARepeatAsAChange() {
    save("first", 1);

    plan.assertPersisted();
    assertThat(plan.replied(RoutingPlan.Draft.class).revision()).isEqualTo(1);
  }

  @Test
  void shouldPublishTheDraftAsTheNextVersionAndTellWhoMustKnow() {
    publish(1);

    plan.assertPersisted(RoutingPlan.Published.class);
    assertThat(plan.replied(RoutingPlan.Done.class).version().version()).isEqualTo(1);
    assertThat(plan.told(PlanArchive.Keep.class, new ToPlanArchive(ACME, 1)))
        .extracting(PlanArchive.Keep::text)
        .containsExactly("first");
    assertThat(plan.told(PlanIndex.Changed.class, new ToPlanIndex()))
        .extracting(PlanIndex.Changed::stamp)
        .containsExactly(1L);
    assertThat(plan.told(Queue.PlanChanged.class, new ToQueue(SUPPORT))).hasSize(1);
  }

  @Test
  void shouldRefuseToPublishADraftThatHasChangedSince() {
    save("second", 1);
    publish(1);

    assertThat(plan.replied(RoutingPlan.Overtaken.class).now()).isEqualTo(2);
    plan.assertPersisted();
  }

  @Test
  void shouldAnswerARepeatedPublishWithTheVersionInForce() {
    publish(1);
    publish(1);

    plan.assertPersisted();
    assertThat(plan.replied(RoutingPlan.Done.class).version().version()).isEqualTo(1);
  }

  @Test
  void shouldKeepTheTextUntilTheArchiveHasIt() {
    publish(1);
    plan.restart();
    assertThat(plan.toldOne(PlanArchive.Keep.class).text()).isEqualTo("first");

    plan.take(new RoutingPlan.Heard("keep:1")).assertPersisted(RoutingPlan.Archived.class);
    plan.restart();
    plan.assertNothingTold(PlanArchive.Keep.class);
    plan.take(new RoutingPlan.GetCurrent(null));

    assertThat(plan.replied(RoutingPlan.InForce.class).text()).isEqualTo("first");
  }

  @Test
  void shouldSayAgainWhatNobodyHasHeard() {
    publish(1);
    plan.advance(Duration.ofSeconds(1));
    assertThat(plan.told(PlanIndex.Changed.class)).isNotEmpty();

    plan.take(new RoutingPlan.Heard("changed:1")).take(new RoutingPlan.Heard("keep:1"));
    plan.advance(Duration.ofMinutes(1));

    plan.assertNothingTold(PlanIndex.Changed.class);
  }

  @Test
  void shouldRollBackToATextAsANewVersion() {
    publish(1);
    save("second", 1);
    publish(2);
    RoutingPlan.RollBack back =
        new RoutingPlan.RollBack(1, 2, "first", "mia", "was better", List.of(), null);
    plan.take(back);

    assertThat(plan.replied(RoutingPlan.Done.class).version())
        .satisfies(
            version -> {
              assertThat(version.version()).isEqualTo(3);
              assertThat(version.from()).isEqualTo(1);
            });
    assertThat(plan.state().inForce(ACME).text()).isEqualTo("first");
    assertThat(plan.state().draft().text()).as("nobody's work is lost").isEqualTo("second");
    publish(2);
    assertThat(plan.replied(RoutingPlan.Overtaken.class).now())
        .as("nor is the rollback, to somebody who did not see it")
        .isEqualTo(3);
    plan.take(back);
    assertThat(plan.replied(RoutingPlan.Overtaken.class).now()).isEqualTo(3);
  }

  @Test
  void shouldOpenACalendarByHandAndTakeThatBack() {
    plan.take(new RoutingPlan.SetManual("office", new Manual(true, null), "mia", null));
    RoutingPlan.InForce open = plan.replied(RoutingPlan.InForce.class);
    assertThat(open.manuals()).containsOnlyKeys("office");
    assertThat(plan.toldOne(PlanIndex.Changed.class).stamp()).isEqualTo(open.stamp());

    plan.take(new RoutingPlan.SetManual("office", null, "mia", null));

    assertThat(plan.replied(RoutingPlan.InForce.class).manuals()).isEmpty();
    assertThat(plan.state().stamp()).isGreaterThan(open.stamp());
  }

  @Test
  void shouldListVersionsFromTheNewestOnInPages() {
    for (int i = 1; i <= 5; i++) {
      save("text " + i, i);
      publish(i + 1);
    }

    plan.take(new RoutingPlan.ListVersions(null, 2, null));
    RoutingPlan.Versions first = plan.replied(RoutingPlan.Versions.class);
    plan.take(new RoutingPlan.ListVersions(4L, 10, null));
    RoutingPlan.Versions rest = plan.replied(RoutingPlan.Versions.class);

    assertThat(first.versions()).extracting(RoutingPlan.Version::version).containsExactly(5L, 4L);
    assertThat(first.more()).isTrue();
    assertThat(rest.versions())
        .extracting(RoutingPlan.Version::version)
        .containsExactly(3L, 2L, 1L);
    assertThat(rest.more()).isFalse();
  }

  @Test
  void shouldKeepAVersionInTheArchiveForEverAndUnchanged() {
    Played<PlanArchive.Command, PlanArchive.Event, PlanArchive.Kept> archive =
        new Played<>(clock, () -> new PlanArchiveLogic(ACME, 1));
    RoutingPlan.Version version = new RoutingPlan.Version(1, "mia", "because", null, clock.now());
    archive.take(new PlanArchive.Keep(version, "first")).assertPersisted(PlanArchive.Written.class);
    assertThat(archive.told(RoutingPlan.Heard.class, new ToPlan(ACME))).hasSize(1);

    archive.take(new PlanArchive.Keep(version, "another")).assertPersisted();
    assertThat(archive.told(RoutingPlan.Heard.class)).as("acknowledged again").hasSize(1);
    archive.restart().take(new PlanArchive.Get(null));

    assertThat(archive.replied(PlanArchive.Kept.class).text()).isEqualTo("first");
  }

  @Test
  void shouldTellEachNodeWhatHasChangedSinceItAsked() {
    Played<PlanIndex.Command, PlanIndex.Event, PlanIndexLogic.State> index =
        new Played<>(clock, PlanIndexLogic::new);
    tandem.router.domain.TenantId other = new tandem.router.domain.TenantId("other");
    index.take(new PlanIndex.Changed(ACME, 1));
    index.take(new PlanIndex.Changed(other, 1));
    index.take(new PlanIndex.Since(0, null));
    PlanIndex.Changes all = index.replied(PlanIndex.Changes.class);
    assertThat(all.tenants()).extracting(PlanIndex.Stamp::tenant).containsExactly(ACME, other);

    index.take(new PlanIndex.Changed(ACME, 2)).assertPersisted(PlanIndex.Noted.class);
    index.take(new PlanIndex.Changed(ACME, 1)).assertPersisted();
    index.restart().take(new PlanIndex.Since(all.upTo(), null));

    assertThat(index.replied(PlanIndex.Changes.class).tenants())
        .containsExactly(new PlanIndex.Stamp(ACME, 2));
    index.take(new PlanIndex.Since(index.replied(PlanIndex.Changes.class).upTo(), null));
    assertThat(index.replied(PlanIndex.Changes.class).tenants()).isEmpty();
  }
}
