package tandem.router.domain.report;

import java.util.OptionalDouble;

/**
 * How a service level is reckoned: the share of calls served well. Several formulas are accepted in
 * the field, and a figure means nothing without its formula's name.
 *
 * <p>With 1,000 answered, 860 of them within the threshold, and 60 abandoned, 20 of them within it,
 * 40 after, 10 of them short:
 */
public enum ServiceLevelFormula {
  /** (answered in + abandoned in) ÷ (answered + abandoned): 83.0 %. */
  ABANDON_POSITIVE {
    @Override
    public OptionalDouble of(CallCounts counts) {
      return share(
          counts.answeredWithin() + counts.abandonedWithin(),
          counts.answered() + counts.abandoned());
    }
  },

  /** Answered in ÷ answered: 86.0 %. */
  ANSWERED_ONLY {
    @Override
    public OptionalDouble of(CallCounts counts) {
      return share(counts.answeredWithin(), counts.answered());
    }
  },

  /** Answered in ÷ (answered + abandoned): 81.1 %. */
  ABANDON_NEGATIVE {
    @Override
    public OptionalDouble of(CallCounts counts) {
      return share(counts.answeredWithin(), counts.answered() + counts.abandoned());
    }
  },

  /** Answered in ÷ (answered + abandoned after): 82.7 %. */
  ABANDON_IGNORED {
    @Override
    public OptionalDouble of(CallCounts counts) {
      return share(
          counts.answeredWithin(),
          counts.answered() + counts.abandoned() - counts.abandonedWithin());
    }
  },

  /** (answered in + short abandoned) ÷ (answered + abandoned): 82.1 %. */
  SHORT_ABANDON {
    @Override
    public OptionalDouble of(CallCounts counts) {
      return share(
          counts.answeredWithin() + counts.abandonedShort(),
          counts.answered() + counts.abandoned());
    }
  };

  /** The service level, 0 to 1; empty when no call counts. */
  public abstract OptionalDouble of(CallCounts counts);

  private static OptionalDouble share(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}
