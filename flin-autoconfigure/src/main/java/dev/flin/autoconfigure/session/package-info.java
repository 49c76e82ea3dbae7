/**
 * Sessions in the store of Spring's web sessions, which is that of Spring Session where it is present.
 */
@NullMarked
package dev.flin.autoconfigure.session;

import org.jspecify.annotations.NullMarked;
