/** Load by the real client with real encryption: what a user of the library gets. */
@NullMarked
package com.claudemesh.bench.load;

import org.jspecify.annotations.NullMarked;
