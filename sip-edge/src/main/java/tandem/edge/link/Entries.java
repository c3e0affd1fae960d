package tandem.edge.link;

import java.util.Optional;
import tandem.router.domain.Entry;
import tandem.router.domain.PhoneNumber;
import tandem.router.numbers.NumberCache;

/** Where a dialled number leads. */
interface Entries {
  /** Whether the directory is known here at all; until then callers wait. */
  boolean loaded();

  /** Empty when nobody has that number. */
  Optional<Entry> find(String dialled);

  /** This node's copy of the number directory. */
  static Entries of(NumberCache cache) {
    return new Entries() {
      @Override
      public boolean loaded() {
        return cache.isLoaded();
      }

      @Override
      public Optional<Entry> find(String dialled) {
        return number(dialled).flatMap(cache::lookup);
      }
    };
  }

  /** Carriers dial E.164 with or without its plus. */
  static Optional<PhoneNumber> number(String dialled) {
    try {
      return Optional.of(new PhoneNumber(dialled.startsWith("+") ? dialled : "+" + dialled));
    } catch (IllegalArgumentException noNumber) {
      return Optional.empty();
    }
  }
}
