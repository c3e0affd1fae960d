package tandem.router.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class AgentSelectionTest {
  private static final TenantId ACME = new TenantId("acme");

  @Property(tries = 300)
  void shouldPickSomebodyWheneverAnybodyIsThere(
      @ForAll("agents") List<Candidate> agents, @ForAll Strategy strategy) {
    assertThat(AgentSelection.of(strategy).pick(FreeAgents.of(agents), null).isPresent())
        .isEqualTo(!agents.isEmpty());
    AgentSelection.of(strategy)
        .pick(FreeAgents.of(agents), null)
        .ifPresent(picked -> assertThat(agents).contains(picked));
  }

  @Property(tries = 300)
  void shouldPickTheSameInWhateverOrderTheyAreListed(
      @ForAll("agents") List<Candidate> agents, @ForAll Strategy strategy, @ForAll long seed) {
    List<Candidate> shuffled = new ArrayList<>(agents);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(AgentSelection.of(strategy).pick(FreeAgents.of(shuffled), null))
        .isEqualTo(AgentSelection.of(strategy).pick(FreeAgents.of(agents), null));
  }

  @Property(tries = 300)
  void shouldPickNobodyWhoIsIdleForLessLong(@ForAll("agents") List<Candidate> agents) {
    AgentSelection.LONGEST_IDLE
        .pick(FreeAgents.of(agents), null)
        .ifPresent(
            picked ->
                assertThat(agents)
                    .allMatch(
                        other ->
                            other.idleSince().isAfter(picked.idleSince())
                                || (other.idleSince().equals(picked.idleSince())
                                    && other.id().compareTo(picked.id()) >= 0)));
  }

  /** Nobody is picked again before everybody else was. */
  @Property(tries = 300)
  void shouldGoRoundEverybody(@ForAll("agents") List<Candidate> agents) {
    List<AgentId> picked = new ArrayList<>();
    @Nullable AgentId last = null;
    for (int i = 0; i < agents.size(); i++) {
      last = AgentSelection.ROUND_ROBIN.pick(FreeAgents.of(agents), last).orElseThrow().id();
      picked.add(last);
    }

    assertThat(picked)
        .containsExactlyElementsOf(new TreeSet<>(agents.stream().map(Candidate::id).toList()));
  }

  @Provide
  Arbitrary<List<Candidate>> agents() {
    Arbitrary<AgentId> ids =
        Arbitraries.integers().between(0, 30).map(n -> new AgentId(ACME, "a" + n));
    Arbitrary<Instant> times = Arbitraries.longs().between(0, 5).map(Instant::ofEpochSecond);
    return Combinators.combine(ids, times)
        .as(Candidate::new)
        .list()
        .ofMaxSize(12)
        .uniqueElements(Candidate::id);
  }
}
