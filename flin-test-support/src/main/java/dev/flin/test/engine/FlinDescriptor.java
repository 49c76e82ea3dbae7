package dev.flin.test.engine;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.descriptor.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;

import dev.flin.FlinEngine;
import dev.flin.FlinTest;
import dev.flin.FlinTests;
import dev.flin.test.FlinTestExtension;

/** What the engine shows to the platform: files, and their tests. */
final class FlinDescriptor {

	/** Kinds of segments of ids. */
	static final String CLASS = "class";

	static final String FILE = "file";

	static final String TEST = "test";

	private FlinDescriptor() {
	}

	/** All selected files. */
	static final class Engine extends EngineDescriptor {

		Engine(UniqueId id) {
			super(id, "FLIN");
		}

		/** Compiles the application and adds the selected tests. */
		void fill(ProjectFiles files, TestSelection selection) {
			FlinEngine.Builder builder = FlinEngine.builder().servicesOfClassPath().root(files);
			ServiceLoader.load(FlinTestExtension.class).forEach((extension) -> extension.customize(builder));
			FlinTests tests = builder.tests();
			TestDescriptor top = top(selection.className());
			tests.errors().forEach((path, errors) -> {
				if (selection.includesFile(path) || !path.endsWith(".test.flin")) {
					TestDescriptor file = file(top, files, path);
					file.addChild(new Broken(file.getUniqueId(), files, path, errors));
				}
			});
			for (Map.Entry<String, List<FlinTest>> file : tests.byFile().entrySet()) {
				List<FlinTest> chosen = file.getValue().stream().filter(selection::includes).toList();
				if (!chosen.isEmpty()) {
					TestDescriptor container = file(top, files, file.getKey());
					chosen.forEach((test) -> container
						.addChild(new Case(container.getUniqueId().append(TEST, test.name()), files, test, tests)));
				}
			}
		}

		/** Build tools count and report the tests of classes only: below the class that stands for all files. */
		private TestDescriptor top(@Nullable String className) {
			if (className == null) {
				return this;
			}
			TestDescriptor container = new StandIn(getUniqueId().append(CLASS, className), className);
			addChild(container);
			return container;
		}

		private static TestDescriptor file(TestDescriptor top, ProjectFiles files, String path) {
			TestDescriptor container = new SourceText(top.getUniqueId().append(FILE, path), files, path);
			top.addChild(container);
			return container;
		}

	}

	/** The class that stands for all files. */
	private static final class StandIn extends AbstractTestDescriptor {

		private final String className;

		StandIn(UniqueId id, String className) {
			super(id, className.substring(className.lastIndexOf('.') + 1), ClassSource.from(className));
			this.className = className;
		}

		/** Surefire takes this for the class of what lies below, package and all. */
		@Override
		public String getLegacyReportingName() {
			return this.className;
		}

		@Override
		public Type getType() {
			return Type.CONTAINER;
		}

	}

	/** A file. */
	private static final class SourceText extends AbstractTestDescriptor {

		SourceText(UniqueId id, ProjectFiles files, String path) {
			super(id, path, FileSource.from(files.file(path).toFile()));
		}

		@Override
		public Type getType() {
			return Type.CONTAINER;
		}

	}

	/** A test. */
	static final class Case extends AbstractTestDescriptor {

		private final FlinTest test;

		private final FlinTests tests;

		Case(UniqueId id, ProjectFiles files, FlinTest test, FlinTests tests) {
			super(id, test.name(),
					FileSource.from(files.file(test.file()).toFile(), FilePosition.from(test.line())));
			this.test = test;
			this.tests = tests;
		}

		FlinTest test() {
			return this.test;
		}

		FlinTests tests() {
			return this.tests;
		}

		@Override
		public Type getType() {
			return Type.TEST;
		}

	}

	/** A file that does not compile, which is a failed test. */
	static final class Broken extends AbstractTestDescriptor {

		private final String errors;

		Broken(UniqueId file, ProjectFiles files, String path, String errors) {
			super(file.append(TEST, "compiles"), "compiles", FileSource.from(files.file(path).toFile()));
			this.errors = errors;
		}

		String errors() {
			return this.errors;
		}

		@Override
		public Type getType() {
			return Type.TEST;
		}

	}

}
