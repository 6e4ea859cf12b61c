//! Conditions: CEL expressions over fact tables, refused at load if they name what no collector fills.
//!
//! CEL is not Turing-complete and does no I/O. Three guards come on top: only known tables, columns and functions; loops only
//! over tables and lists of facts, nested two deep at most; and before every evaluation an upper bound of its steps.
//! A missing column is an error of its own in CEL, so unknown data cannot turn into a silent "false".
//!
//! ```text
//! Condition::compile("sshd_config.permitrootlogin == 'no'", &["sshd_config"])
//! ```

use cel::common::ast::{ComprehensionExpr, Expr, IdedExpr, operators};
use cel::{Context, ExecutionError, Program, Value};

use crate::schema::{self, Column, Schema, Shape};

/// Longest source, in bytes.
const MAX_SOURCE_BYTES: usize = 2_000;
/// Deepest nesting of loops.
const MAX_LOOPS: usize = 2;
/// Most steps one evaluation may take; about a second of work.
const MAX_STEPS: u64 = 2_000_000;

/// Functions a condition may call, besides operators and macros. `days_since` and `days_until` take ISO dates or times.
const FUNCTIONS: &[&str] =
    &["contains", "days_since", "days_until", "endsWith", "int", "matches", "size", "startsWith", "string", "@in", "@not_strictly_false"];

/// Names bound beside the tables: `today` is the ISO date in Vietnam.
const NAMES: &[&str] = &["today"];

/// A compiled condition.
#[derive(Debug)]
pub(crate) struct Condition {
    program: Program,
}

/// Why a condition is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    #[error("longer than {MAX_SOURCE_BYTES} bytes")]
    TooLong,
    #[error("syntax: {0}")]
    Syntax(String),
    #[error("unknown table `{0}`")]
    UnknownTable(String),
    #[error("`{0}` is neither listed in needs or uses, nor a name of the language")]
    UnknownName(String),
    #[error("table `{table}` has no column `{column}`")]
    UnknownColumn { table: String, column: String },
    #[error("function `{0}` is not allowed")]
    UnknownFunction(String),
    #[error("loops nested deeper than {MAX_LOOPS}")]
    TooDeep,
    #[error("loops may only run over tables, list columns and lists made of them")]
    LoopRange,
}

/// How an evaluation failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EvalError {
    /// A column is unknown in these facts.
    Field(String),
    /// A table is not bound.
    Table(String),
    /// Anything else: wrong types, too many steps.
    Other(String),
}

/// Row counts for the bound of steps.
#[derive(Debug, Default)]
pub(crate) struct Sizes {
    /// Rows per table name.
    pub(crate) rows: std::collections::BTreeMap<String, u64>,
    /// The longest list in any cell.
    pub(crate) longest_list: u64,
}

/// What an expression stands for, as far as the check of names needs it.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Row(&'static Schema),
    Rows(&'static Schema),
    List,
    Other,
}

type Scope<'a> = Vec<(&'a str, Kind)>;

impl Condition {
    /// Compiles `source` for the named tables.
    pub(crate) fn compile(source: &str, tables: &[&str]) -> Result<Condition, ConditionError> {
        if source.len() > MAX_SOURCE_BYTES {
            return Err(ConditionError::TooLong);
        }
        let program = Program::compile(source).map_err(|errors| ConditionError::Syntax(errors.to_string()))?;
        let mut scope = Scope::new();
        for name in tables {
            let Some(found) = schema::table(name) else {
                return Err(ConditionError::UnknownTable((*name).to_owned()));
            };
            let kind = match found.shape {
                Shape::One => Kind::Row(found),
                Shape::Many => Kind::Rows(found),
            };
            scope.push((found.name, kind));
        }
        scope.extend(NAMES.iter().map(|name| (*name, Kind::Other)));
        check_names(program.expression(), &mut scope, 0)?;
        Ok(Condition { program })
    }

    /// Evaluates in a context where the seen tables are bound.
    pub(crate) fn evaluate(&self, context: &Context<'_, '_>, sizes: &Sizes) -> Result<Value, EvalError> {
        let steps = bound(self.program.expression(), sizes);
        if steps > MAX_STEPS {
            return Err(EvalError::Other(format!("needs up to {steps} steps, more than {MAX_STEPS}")));
        }
        self.program.execute(context).map_err(|error| match error {
            ExecutionError::NoSuchKey(name) => EvalError::Field(name.to_string()),
            ExecutionError::UndeclaredReference(name) => EvalError::Table(name.to_string()),
            other => EvalError::Other(other.to_string()),
        })
    }

    /// Evaluates to true or false; anything else is an error.
    pub(crate) fn holds(&self, context: &Context<'_, '_>, sizes: &Sizes) -> Result<bool, EvalError> {
        match self.evaluate(context, sizes)? {
            Value::Bool(answer) => Ok(answer),
            other => Err(EvalError::Other(format!("gives {} instead of true or false", other.type_of()))),
        }
    }
}

fn check_names<'a>(expr: &'a IdedExpr, scope: &mut Scope<'a>, loops: usize) -> Result<Kind, ConditionError> {
    match &expr.expr {
        Expr::Unspecified | Expr::Literal(_) => Ok(Kind::Other),
        Expr::Ident(name) => scope
            .iter()
            .rev()
            .find(|(known, _)| known == name)
            .map(|(_, kind)| *kind)
            .ok_or_else(|| ConditionError::UnknownName(name.clone())),
        Expr::Select(select) => match check_names(&select.operand, scope, loops)? {
            Kind::Row(table) => match table.column(&select.field) {
                Some(Column::List) => Ok(Kind::List),
                Some(_) => Ok(Kind::Other),
                None => Err(ConditionError::UnknownColumn { table: table.name.to_owned(), column: select.field.clone() }),
            },
            Kind::Rows(table) => Err(ConditionError::UnknownColumn { table: table.name.to_owned(), column: select.field.clone() }),
            Kind::List | Kind::Other => Err(ConditionError::UnknownName(select.field.clone())),
        },
        Expr::Call(call) => {
            let known = call.func_name.contains('_') && !call.func_name.contains(|c: char| c.is_ascii_alphanumeric());
            if !known && !FUNCTIONS.contains(&call.func_name.as_str()) {
                return Err(ConditionError::UnknownFunction(call.func_name.clone()));
            }
            for part in call.target.iter().map(AsRef::as_ref).chain(&call.args) {
                check_names(part, scope, loops)?;
            }
            Ok(Kind::Other)
        }
        Expr::Comprehension(repeat) => check_loop(repeat, scope, loops),
        Expr::List(list) => {
            for element in &list.elements {
                check_names(element, scope, loops)?;
            }
            Ok(Kind::List)
        }
        Expr::Map(_) => Err(ConditionError::UnknownFunction("{}".to_owned())),
        Expr::Struct(made) => Err(ConditionError::UnknownFunction(made.type_name.clone())),
    }
}

fn check_loop<'a>(repeat: &'a ComprehensionExpr, scope: &mut Scope<'a>, loops: usize) -> Result<Kind, ConditionError> {
    if loops == MAX_LOOPS {
        return Err(ConditionError::TooDeep);
    }
    let range = check_names(&repeat.iter_range, scope, loops)?;
    let item = match range {
        Kind::Rows(table) => Kind::Row(table),
        Kind::List => Kind::Other,
        Kind::Row(_) | Kind::Other => return Err(ConditionError::LoopRange),
    };
    check_names(&repeat.accu_init, scope, loops)?;
    let outer = scope.len();
    scope.push((&repeat.iter_var, item));
    if let Some(second) = &repeat.iter_var2 {
        scope.push((second, Kind::Other));
    }
    scope.push((&repeat.accu_var, Kind::Other));
    for part in [&repeat.loop_cond, &repeat.loop_step, &repeat.result] {
        check_names(part, scope, loops + 1)?;
    }
    scope.truncate(outer);
    Ok(match (&repeat.accu_init.expr, range) {
        (Expr::List(_), Kind::Rows(table)) if keeps_items(repeat) => Kind::Rows(table),
        (Expr::List(_), _) => Kind::List,
        _ => Kind::Other,
    })
}

/// True for `filter`, whose step is `condition ? result + [item] : result`; false for `map`, which appends something else.
fn keeps_items(repeat: &ComprehensionExpr) -> bool {
    fn appended(expr: &IdedExpr) -> Option<&IdedExpr> {
        match &expr.expr {
            Expr::List(list) => list.elements.first(),
            Expr::Call(call) if call.func_name == operators::CONDITIONAL => call.args.get(1).and_then(appended),
            Expr::Call(call) if call.func_name == operators::ADD => call.args.get(1).and_then(appended),
            _ => None,
        }
    }
    let item = appended(&repeat.loop_step);
    item.is_some_and(|item| matches!(&item.expr, Expr::Ident(name) if *name == repeat.iter_var))
}

/// An upper bound of the steps that evaluating takes.
fn bound(expr: &IdedExpr, sizes: &Sizes) -> u64 {
    match &expr.expr {
        Expr::Unspecified | Expr::Literal(_) | Expr::Ident(_) | Expr::Map(_) | Expr::Struct(_) => 1,
        Expr::Select(select) => 1 + bound(&select.operand, sizes),
        Expr::Call(call) => {
            let parts = call.target.iter().map(AsRef::as_ref).chain(&call.args);
            parts.fold(1, |sum: u64, part| sum.saturating_add(bound(part, sizes)))
        }
        Expr::List(list) => list.elements.iter().fold(1, |sum: u64, part| sum.saturating_add(bound(part, sizes))),
        Expr::Comprehension(repeat) => {
            let turn = bound(&repeat.loop_cond, sizes).saturating_add(bound(&repeat.loop_step, sizes));
            let all = length(&repeat.iter_range, sizes).saturating_mul(turn);
            [&repeat.iter_range, &repeat.accu_init, &repeat.result]
                .into_iter()
                .fold(all, |sum, part| sum.saturating_add(bound(part, sizes)))
        }
    }
}

/// An upper bound of the length of a list that a loop runs over.
fn length(range: &IdedExpr, sizes: &Sizes) -> u64 {
    match &range.expr {
        Expr::Ident(name) => sizes.rows.get(name.as_str()).copied().unwrap_or(0),
        Expr::List(list) => list.elements.len() as u64,
        Expr::Comprehension(inner) => length(&inner.iter_range, sizes),
        _ => sizes.longest_list,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(source: &str, tables: &[&str]) -> ConditionError {
        Condition::compile(source, tables).expect_err("must be refused")
    }

    #[test]
    fn only_known_names_are_accepted() {
        assert!(Condition::compile("users.filter(u, u.uid == 0).all(u, u.username == 'root')", &["users"]).is_ok());
        assert!(Condition::compile("size(sshd_config.port) == 1", &["sshd_config"]).is_ok());
        assert_eq!(refused("user.size() == 0", &["user"]), ConditionError::UnknownTable("user".to_owned()));
        assert_eq!(refused("users.size() == 0", &[]), ConditionError::UnknownName("users".to_owned()));
        assert_eq!(
            refused("users.all(u, u.uuid == 0)", &["users"]),
            ConditionError::UnknownColumn { table: "users".to_owned(), column: "uuid".to_owned() }
        );
        assert_eq!(
            refused("sshd_config.rootlogin == 'no'", &["sshd_config"]),
            ConditionError::UnknownColumn { table: "sshd_config".to_owned(), column: "rootlogin".to_owned() }
        );
        assert_eq!(refused("base64(users)", &["users"]), ConditionError::UnknownFunction("base64".to_owned()));
        assert!(matches!(refused("users.all(", &["users"]), ConditionError::Syntax(_)));
    }

    #[test]
    fn loops_are_bounded() {
        let three = "users.all(a, users.all(b, users.all(c, a.uid + b.uid + c.uid > 0)))";
        assert_eq!(refused(three, &["users"]), ConditionError::TooDeep);
        assert_eq!(refused("(users + users).all(u, true)", &["users"]), ConditionError::LoopRange);
        let two = Condition::compile("users.all(a, users.exists(b, a.uid == b.uid))", &["users"]).unwrap();
        let mut sizes = Sizes::default();
        sizes.rows.insert("users".to_owned(), 60);
        assert!(bound(two.program.expression(), &sizes) < 100_000);
        sizes.rows.insert("users".to_owned(), 5_000);
        assert!(bound(two.program.expression(), &sizes) > MAX_STEPS);
    }
}
