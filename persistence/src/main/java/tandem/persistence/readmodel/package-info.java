/** What the record knows of calls: the history, and each call's timeline. */
@NullMarked
package tandem.persistence.readmodel;

import org.jspecify.annotations.NullMarked;
