package tandem.edge.sim;

/**
 * One played phone.
 *
 * @param user its user at {@code sim.invalid}
 * @param calls calls on it now, ringing ones included
 * @param mostCalls most at once since the start or the last clearing of the ledger
 * @param offered INVITEs it got
 * @param answered of those, answered
 */
public record SimPhone(String user, int calls, int mostCalls, long offered, long answered) {}
