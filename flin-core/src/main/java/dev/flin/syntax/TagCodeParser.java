package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.Span;
import dev.flin.syntax.TagReader.Kind;
import dev.flin.syntax.TagReader.Tag;

/** Reads template tags whose bodies are code: they mean the control flow of code. */
final class TagCodeParser {

	private final Parser p;

	private final TagParser tags;

	TagCodeParser(Parser parser, TagParser tags) {
		this.p = parser;
		this.tags = tags;
	}

	/** What a tag means whose body is code; its head is read. */
	Expr value(TagParser.Head head) {
		ControlParser.ForHead loop = head.loop();
		if (loop != null) {
			Part.Block body = codeBody(this.p.place.inLoop());
			endCode(head.start(), TagParser.LOOP_ENDS, "{for}");
			return new Expr.For(this.p.id(), this.p.span(head.start()), null, loop.item(), loop.index(), loop.source(),
					body);
		}
		return (head.kind() == Kind.MATCH) ? codeMatch(head) : codeIf(head);
	}

	private Part.Block codeBody(Place inner) {
		Layout outerLayout = this.p.layout;
		Place outerPlace = this.p.place;
		this.p.layout = Layout.STATEMENTS;
		this.p.place = inner.inBlock();
		int start = this.p.lastEnd();
		List<Stmt> body = this.tags.inBody(() -> this.p.statements.list(TokenKind.EOF));
		this.p.layout = outerLayout;
		this.p.place = outerPlace;
		return new Part.Block(this.p.id(), this.p.span(start), body);
	}

	private void endCode(int start, Set<String> names, String what) {
		if (this.p.at(TokenKind.LBRACE)) {
			Tag tag = this.tags.read(this.p.start());
			if (tag.kind() == Kind.END && names.contains(tag.name())) {
				this.p.recordTrivia();
				this.p.moveTo(this.tags.skipBlanks(tag.end()) + 1);
				return;
			}
		}
		if (!this.p.at(TokenKind.EOF) || this.p.firstAtEnd()) {
			this.p.report(Diagnostic
				.of(Code.E0014, this.p.file, new Span(start, start + 1), "'" + what + "' is never closed")
				.withLabel("opened here"));
		}
		throw ParseFailure.INSTANCE;
	}

	private record CodeBranch(int start, Expr condition, Part.Block body) {
	}

	private Expr codeIf(TagParser.Head first) {
		List<CodeBranch> branches = new ArrayList<>();
		Expr otherwise = null;
		int start = first.start();
		Expr condition = first.value();
		while (true) {
			branches.add(new CodeBranch(start, condition, codeBody(this.p.place)));
			this.p.checkChain(branches.size());
			start = this.p.start();
			Tag tag = this.p.at(TokenKind.LBRACE) ? this.tags.read(start) : new Tag(Kind.NONE, "", start);
			if (tag.kind() == Kind.ELSE) {
				this.p.recordTrivia();
				this.p.moveTo(this.tags.skipBlanks(tag.end()) + 1);
				Part.Block body = codeBody(this.p.place);
				otherwise = new Expr.BlockOf(this.p.id(), body.span(), body);
				break;
			}
			if (tag.kind() != Kind.ELSE_IF) {
				break;
			}
			condition = this.tags.head().value();
			this.p.advance();
		}
		endCode(first.start(), Set.of("if"), "{if}");
		for (int i = branches.size() - 1; i >= 0; i--) {
			CodeBranch branch = branches.get(i);
			Expr then = new Expr.BlockOf(this.p.id(), branch.body().span(), branch.body());
			otherwise = new Expr.If(this.p.id(), this.p.span(branch.start()), branch.condition(), then, otherwise);
		}
		return (otherwise != null) ? otherwise : new Expr.Broken(this.p.id(), this.p.span(first.start()));
	}

	private Expr codeMatch(TagParser.Head head) {
		List<Part.Arm> arms = new ArrayList<>();
		while (this.p.at(TokenKind.LBRACE)) {
			int start = this.p.start();
			Tag tag = this.tags.read(start);
			if (tag.kind() != Kind.CASE && tag.kind() != Kind.ELSE) {
				break;
			}
			TagParser.CaseHead caseHead = this.tags.caseHead(tag, start);
			Part.Block body = codeBody(this.p.place);
			Expr value = new Expr.BlockOf(this.p.id(), body.span(), body);
			arms.add(new Part.Arm(this.p.id(), this.p.span(start), caseHead.pattern(), caseHead.guard(), value));
		}
		endCode(head.start(), Set.of("match"), "{match}");
		return new Expr.Match(this.p.id(), this.p.span(head.start()), head.value(), arms);
	}

}
