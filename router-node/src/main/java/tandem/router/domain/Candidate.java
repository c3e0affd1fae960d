package tandem.router.domain;

import java.time.Instant;

/**
 * An agent who could take a caller.
 *
 * @param idleSince since when it handled nothing
 */
public record Candidate(AgentId id, Instant idleSince) {}
