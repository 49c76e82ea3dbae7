/**
 * What is remembered about a visitor: sessions, their bytes, the cookies that carry or name them, and the tokens
 * against forged requests that are derived from them. Knows no request: values go in and come out.
 */
@NullMarked
package dev.flin.http.session;

import org.jspecify.annotations.NullMarked;
