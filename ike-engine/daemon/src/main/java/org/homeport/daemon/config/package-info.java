/** The configuration file: its records, and the reader that says what is wrong with it. */
@NullMarked
package org.homeport.daemon.config;

import org.jspecify.annotations.NullMarked;
