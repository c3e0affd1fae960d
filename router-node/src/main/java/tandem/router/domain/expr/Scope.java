package tandem.router.domain.expr;

/** Where an expression stands decides what it may speak of and what it yields. */
public enum Scope {
  /** Rules and boosts: {@code call}, {@code now}, {@code open('calendar')}; true or false. */
  FLOW,
  /**
   * What a caller has keyed in: {@code digits}, and what {@link #FLOW} may speak of; true or false.
   */
  DIGITS,
  /** Membership and tiers: {@code agent}, {@code queue}, {@code skill('x')}; true or false. */
  MEMBER,
  /**
   * Requirements and preferences: {@code agent}, {@code skill('x')}, {@code call}; true or false.
   */
  REQUIREMENT,
  /** Scores: {@code agent}, {@code queue}, {@code skill('x')}; a whole number. */
  SCORE
}
