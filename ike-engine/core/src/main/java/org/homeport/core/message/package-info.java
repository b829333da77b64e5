/** IKEv2 messages: payload records, the one decoder, the one encoder, the rules per exchange, protection. */
@NullMarked
package org.homeport.core.message;

import org.jspecify.annotations.NullMarked;
