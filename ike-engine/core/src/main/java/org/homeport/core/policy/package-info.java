/** What an operator allows: connections, credentials, proposals, lifetimes. */
@NullMarked
package org.homeport.core.policy;

import org.jspecify.annotations.NullMarked;
