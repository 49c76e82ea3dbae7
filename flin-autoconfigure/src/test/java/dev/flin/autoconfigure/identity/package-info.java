/** Tests of the services for passwords, tokens and second factors. */
@NullMarked
package dev.flin.autoconfigure.identity;

import org.jspecify.annotations.NullMarked;
