package dev.flin.autoconfigure.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import dev.flin.FlinCompilationException;
import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.diag.DiagnosticRenderer;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.store.StoreException;
import dev.flin.value.FlinError;

class FailureAnalyzerTests {

	@Test
	void shouldShowTheLineOfAnErrorAndWhatToDo() {
		SourceFile file = new SourceFile("app/index.flin", "total = cuont + 1\n");
		List<Diagnostic> diagnostics = List
			.of(Diagnostic.of(Code.E0102, file, new Span(8, 13), "undefined variable 'cuont'"));
		Exception failure = new IllegalStateException("context failed",
				new FlinCompilationException(diagnostics, DiagnosticRenderer.render(diagnostics)));
		FailureAnalysis analysis = new FlinCompilationFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).startsWith("An error in a FLIN file:")
			.contains("app/index.flin:1:9", "total = cuont + 1", "^^^^^");
		assertThat(analysis.getAction()).contains("flin check");
	}

	@Test
	void shouldSayThatAnotherTestHasTheDirectory() {
		long own = ProcessHandle.current().pid();
		FailureAnalysis analysis = new FlinStoreFailureAnalyzer()
			.analyze(new IllegalStateException(new StoreException.Locked("/data/.flindb", own)));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getAction()).startsWith("Another application in this very process has the directory")
			.contains("flin.store.type=memory");
	}

	@Test
	void shouldNameTheProcessThatHasTheDirectory() {
		FailureAnalysis analysis = new FlinStoreFailureAnalyzer()
			.analyze(new IllegalStateException(new StoreException.Locked("/data/.flindb", 4711)));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("/data/.flindb", "4711");
		assertThat(analysis.getAction()).contains("Stop process 4711", "flin.store.directory");
	}

	@Test
	void shouldSayThatADamagedLogIsUntouched() {
		FailureAnalysis analysis = new FlinStoreFailureAnalyzer()
			.analyze(new StoreException.CannotOpen("log/000001.log is damaged at offset 1234"));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("offset 1234");
		assertThat(analysis.getAction()).contains("left untouched");
	}

	@Test
	void shouldNameTheSettingThatIsWrong() {
		FailureAnalysis analysis = new FlinSettingFailureAnalyzer()
			.analyze(new IllegalStateException(
					new IllegalArgumentException("flin.time-zone: Mars is not a time zone")));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).isEqualTo("flin.time-zone: Mars is not a time zone");
		assertThat(analysis.getAction()).contains("Correct the property");
		assertThat(new FlinSettingFailureAnalyzer().analyze(new IllegalArgumentException("Port 99999"))).isNull();
	}

	@Test
	void shouldNameTheFileThatFailed() {
		FailureAnalysis analysis = new FlinErrorFailureAnalyzer()
			.analyze(new IllegalStateException(new FlinError("i18n/fr.json: Malformed JSON at line 1, column 3")));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("i18n/fr.json");
		assertThat(analysis.getAction()).contains("Correct the file");
	}

	@Test
	void shouldKnowAllAnalyzers() {
		List<String> names = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, null, (type, name, failure) -> {
			})
			.stream()
			.map((analyzer) -> analyzer.getClass().getSimpleName())
			.toList();
		assertThat(names).contains("FlinCompilationFailureAnalyzer", "FlinErrorFailureAnalyzer",
				"FlinSettingFailureAnalyzer", "FlinStoreFailureAnalyzer", "GuardsWithoutSecurityFailureAnalyzer",
				"InvalidFlinConfigFailureAnalyzer", "InvalidFlinFunctionFailureAnalyzer",
				"InvalidFlinRouteFailureAnalyzer");
	}

}
