/**
 * The Event Socket of a FreeSWITCH: the codec and the client. It knows the protocol and nothing of
 * calls: it imports nothing of the router.
 */
@NullMarked
package tandem.edge.esl;

import org.jspecify.annotations.NullMarked;
