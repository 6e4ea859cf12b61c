//! Pages as a typewriter would write them: text at columns and lines, then the lines that come out.

use super::*;
use expect_test::{Expect, expect};

const COLUMN: f32 = 6.0;
const LINE: f32 = 14.0;

/// Text at column and line numbers: 6 points a letter, 14 a line; words as Tesseract gives them.
fn check(cells: &[(u8, u8, &str)], rules: &[Rule], expected: &Expect) {
    let mut pieces = Vec::new();
    for (order, (column, line, text)) in cells.iter().enumerate() {
        let mut x = f32::from(*column) * COLUMN;
        for word in text.split(' ') {
            let right = x + f32::from(u8::try_from(word.chars().count()).unwrap()) * COLUMN;
            pieces.push(Piece { x, right, y: f32::from(*line) * LINE, size: 12.0, text: word.to_owned(), order: order * 2 });
            x = right + COLUMN;
        }
    }
    let lines: Vec<String> = arrange(pieces, rules, 840.0).into_iter().map(shown).collect();
    expected.assert_eq(&lines.join("\n"));
}

fn shown(line: Line) -> String {
    match line.kind {
        BlockKind::Line => line.text,
        BlockKind::Cell { table, row, column } => format!("[{table}:{row}:{column}] {}", line.text.replace('\n', "⏎")),
        kind => format!("[{kind:?}] {}", line.text),
    }
}

#[test]
fn the_head_of_a_letter_is_read_column_by_column() {
    check(
        &[
            (4, 4, "ỦY BAN NHÂN DÂN"),
            (40, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (7, 5, "XÃ TÂN LŨY"),
            (44, 5, "Độc lập - Tự do - Hạnh phúc"),
            (4, 7, "Số: 12/UBND"),
            (41, 7, "Tân Lũy, ngày 05 tháng 5 năm 2026"),
            (2, 8, "V/v bảo đảm an toàn"),
            (20, 11, "Kính gửi: Các thôn, tổ dân phố."),
            (4, 13, "Thực hiện kế hoạch, Ủy ban nhân dân xã yêu cầu các thôn"),
            (0, 14, "họp dân."),
        ],
        &[],
        &expect![[r#"
            ỦY BAN NHÂN DÂN
            XÃ TÂN LŨY

            Số: 12/UBND
            V/v bảo đảm an toàn

            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
            Độc lập - Tự do - Hạnh phúc

            Tân Lũy, ngày 05 tháng 5 năm 2026

                                Kính gửi: Các thôn, tổ dân phố.

                Thực hiện kế hoạch, Ủy ban nhân dân xã yêu cầu các thôn
            họp dân."#]],
    );
}

#[test]
fn a_head_whose_columns_almost_touch() {
    check(
        &[
            (2, 4, "ỦY BAN NHÂN DÂN TỈNH SÔNG HỒNG"),
            (34, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (12, 5, "SỞ NỘI VỤ"),
            (38, 5, "Độc lập - Tự do - Hạnh phúc"),
            (34, 7, "Sông Hồng, ngày 05 tháng 5 năm 2026"),
            (10, 8, "Số: 12/TTr-SNV"),
            (30, 10, "TỜ TRÌNH"),
            (16, 11, "Về việc cấp kinh phí họp các thôn năm 2026"),
        ],
        &[],
        &expect![[r#"
            ỦY BAN NHÂN DÂN TỈNH SÔNG HỒNG
            SỞ NỘI VỤ

            Số: 12/TTr-SNV

            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
            Độc lập - Tự do - Hạnh phúc

            Sông Hồng, ngày 05 tháng 5 năm 2026

                                        TỜ TRÌNH
                          Về việc cấp kinh phí họp các thôn năm 2026"#]],
    );
}

#[test]
fn the_foot_of_a_letter_is_read_column_by_column() {
    check(
        &[
            (4, 30, "Trên đây là kế hoạch, đề nghị các thôn thực hiện./."),
            (44, 32, "TM. ỦY BAN NHÂN DÂN"),
            (0, 33, "Nơi nhận:"),
            (48, 33, "KT. CHỦ TỊCH"),
            (0, 34, "- Như trên;"),
            (47, 34, "PHÓ CHỦ TỊCH"),
            (0, 35, "- Lưu: VT."),
            (46, 39, "Nguyễn Văn A"),
        ],
        &[],
        &expect![[r#"
                Trên đây là kế hoạch, đề nghị các thôn thực hiện./.

            Nơi nhận:
            - Như trên;
            - Lưu: VT.

            TM. ỦY BAN NHÂN DÂN
            KT. CHỦ TỊCH
            PHÓ CHỦ TỊCH

            Nguyễn Văn A
        "#]],
    );
}

#[test]
fn lists_and_tables_without_lines_are_read_across() {
    check(
        &[
            (40, 2, "2"),
            (0, 6, "1"),
            (10, 6, "Họp dân các thôn"),
            (40, 6, "Tháng 5"),
            (0, 7, "2"),
            (10, 7, "Báo cáo"),
            (40, 7, "Tháng 6 năm 2026"),
            (0, 12, "1. Ông Nguyễn Văn A"),
            (36, 12, "Chủ tịch;"),
            (0, 13, "2. Bà Trần Thị B"),
            (36, 13, "Phó Chủ tịch;"),
            (0, 14, "3. Ông Lê Văn C"),
            (36, 14, "Công chức."),
        ],
        &[],
        &expect![[r#"
            [Aside(Header)] 2
            1         Họp dân các thôn              Tháng 5
            2         Báo cáo                       Tháng 6 năm 2026

            1. Ông Nguyễn Văn A                 Chủ tịch;
            2. Bà Trần Thị B                    Phó Chủ tịch;
            3. Ông Lê Văn C                     Công chức."#]],
    );
}

/// Lines around and between columns and lines of the typewriter.
fn grid(columns: &[u8], lines: &[u8]) -> Vec<Rule> {
    let x = |column: u8| f32::from(column) * COLUMN - 3.0;
    let y = |line: u8| f32::from(line) * LINE + 4.0;
    let (left, right) = (x(columns[0]), x(columns[columns.len() - 1]));
    let (top, bottom) = (y(lines[0]), y(lines[lines.len() - 1]));
    let level = lines.iter().map(|l| Rule { x0: left, x1: right, y0: y(*l), y1: y(*l) });
    level.chain(columns.iter().map(|c| Rule { x0: x(*c), x1: x(*c), y0: top, y1: bottom })).collect()
}

#[test]
fn a_ruled_table_is_cells() {
    check(
        &[
            (2, 4, "Kế hoạch"),
            (1, 6, "TT"),
            (6, 6, "Nhiệm vụ"),
            (28, 6, "Thời gian"),
            (1, 7, "1"),
            (6, 7, "Họp dân các thôn về"),
            (28, 7, "Tháng 5"),
            (6, 8, "an toàn"),
            (1, 9, "2"),
            (6, 9, "Báo cáo"),
            (28, 9, "Tháng 6"),
            (2, 12, "Các thôn thực hiện."),
        ],
        &grid(&[0, 5, 27, 40], &[5, 6, 8, 9]),
        &expect![[r#"
             Kế hoạch
            [0:0:0] TT
            [0:0:1] Nhiệm vụ
            [0:0:2] Thời gian
            [0:1:0] 1
            [0:1:1] Họp dân các thôn về an toàn
            [0:1:2] Tháng 5
            [0:2:0] 2
            [0:2:1] Báo cáo
            [0:2:2] Tháng 6
             Các thôn thực hiện."#]],
    );
}

#[test]
fn a_frame_around_a_stamp_is_no_table() {
    check(&[(2, 4, "HỎA TỐC"), (30, 4, "Số 5-CV/ĐU")], &grid(&[1, 10], &[3, 4]), &expect!["HỎA TỐC                     Số 5-CV/ĐU"]);
}
