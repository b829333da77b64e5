/** The accounting journal in an SQLite file. */
@NullMarked
package org.homeport.aaa.accounting.sqlite;

import org.jspecify.annotations.NullMarked;
