/**
 * Whom an application believes and what it tells browsers: proxies and the hosts that it is reached by, origins of
 * other pages, headers that protect pages. Settings that check themselves, and the code that applies them.
 */
@NullMarked
package dev.flin.http.policy;

import org.jspecify.annotations.NullMarked;
