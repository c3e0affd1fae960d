/** What is on the wire: strict reading, problems, and how entities look in JSON. */
@NullMarked
package tandem.http.json;

import org.jspecify.annotations.NullMarked;
