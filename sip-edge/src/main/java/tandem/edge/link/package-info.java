/**
 * One link a switch: turns what the switch says into facts for calls, and what calls order into
 * Event Socket commands. {@link tandem.edge.link.LinkLogic} decides, {@link
 * tandem.edge.link.SwitchLink} runs it.
 */
@NullMarked
package tandem.edge.link;

import org.jspecify.annotations.NullMarked;
