/** Leases in an SQLite file: the embedded default. */
@NullMarked
package org.homeport.lease.sqlite;

import org.jspecify.annotations.NullMarked;
