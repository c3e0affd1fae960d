package tandem.router.numbers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.PhoneNumber;

/**
 * Pages of the number directory, put together to one list of one version. When the directory
 * changes in between, it begins with the first page again.
 *
 * @param whole whether no page follows
 */
record NumberPages(long version, List<Numbers.Listed> numbers, boolean whole) {
  static final NumberPages NONE = new NumberPages(-1, List.of(), false);

  /** What to ask next: the page after this number, or the first. */
  @Nullable PhoneNumber after() {
    return numbers.isEmpty() ? null : numbers.get(numbers.size() - 1).number();
  }

  /** These with one page more; these themselves when it answers another question, a late answer. */
  NumberPages with(Numbers.Snapshot page) {
    if (!Objects.equals(page.afterNumber(), after())) {
      return this;
    } else if (page.afterNumber() != null && page.version() != version) {
      return NONE;
    }
    List<Numbers.Listed> all = new ArrayList<>(numbers);
    all.addAll(page.numbers());
    return new NumberPages(page.version(), all, !page.more());
  }
}
