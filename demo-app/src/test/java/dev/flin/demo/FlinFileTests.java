package dev.flin.demo;

import dev.flin.test.FlinFiles;

/** Stands for the tests in {@code src/test/flin}. */
@FlinFiles
class FlinFileTests {

}
