package tandem.router.domain.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
  @Property(tries = 300)
  void shouldNeverKeepMoreThanItMay(@ForAll List<@IntRange(max = 30) Integer> asked) {
    BoundedCache<Integer, String> cache = new BoundedCache<>(10);
    for (Integer key : asked) {
      assertThat(cache.get(key, Object::toString)).isEqualTo(key.toString());
      assertThat(cache.size()).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void shouldKeepWhatIsAskedForAgain() {
    BoundedCache<Integer, Object> cache = new BoundedCache<>(10);
    Object popular = cache.get(-1, key -> new Object());
    for (int i = 0; i < 1_000; i++) {
      assertThat(cache.get(i, key -> new Object())).isNotNull();
      assertThat(cache.get(-1, key -> new Object())).isSameAs(popular);
    }
  }

  @Test
  void shouldForgetWhatIsNot() {
    BoundedCache<Integer, Object> cache = new BoundedCache<>(10);
    Object once = cache.get(-1, key -> new Object());
    for (int i = 0; i < 10; i++) {
      assertThat(cache.get(i, key -> new Object())).isNotNull();
    }
    assertThat(cache.get(-1, key -> new Object())).isNotSameAs(once);
  }

  @Test
  void shouldKeepNothingWhenMakingFails() {
    BoundedCache<Integer, Object> cache = new BoundedCache<>(10);
    assertThatThrownBy(
            () ->
                cache.get(
                    1,
                    key -> {
                      throw new IllegalArgumentException("bad");
                    }))
        .hasMessage("bad");
    assertThat(cache.size()).isZero();
  }

  @Test
  void shouldGiveAllThreadsTheSameValue() throws Exception {
    BoundedCache<Integer, Object> cache = new BoundedCache<>(1_000);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<Object>>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        all.add(
            () -> {
              List<Object> values = new ArrayList<>();
              for (int i = 0; i < 400; i++) {
                values.add(cache.get(i, key -> new Object()));
              }
              return values;
            });
      }
      List<List<Object>> values = new ArrayList<>();
      for (Future<List<Object>> one : threads.invokeAll(all)) {
        values.add(one.get());
      }
      assertThat(values).allMatch(values.get(0)::equals);
    } finally {
      threads.shutdownNow();
    }
  }
}
