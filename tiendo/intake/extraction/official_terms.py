"""Words that plans are written with, for telling a slip of the scanner from another word.

A pair of syllables that lost a mark of one of these, or has one rising mark for the other, is taken for a slip, unless
it is itself a word or the end of one and the beginning of another: those stand in ALLOWED.
"""

TERMS = """
an ninh; an toàn; áp dụng; ban hành; bảo đảm; bảo mật; bảo vệ; bất cập; bền vững; biện pháp; bố trí; bồi
dưỡng; bổ sung; cải cách; cải thiện; cán bộ; cấp huyện; cấp tỉnh; chất lượng; chế độ; chỉ đạo; chỉ thị; chỉ
tiêu; chia sẻ; chiến lược; chính phủ; chính quyền; chính sách; chính trị; chủ động; chủ tịch; chủ trì; chữ ký;
chứng thực; chuyên gia; chuyên môn; chuyên ngành; chuyển đổi; chuyển giao; chức năng; chương trình; cơ chế; cơ
quan; cơ sở; công chức; công dân; công khai; công nghệ; công nghiệp; công tác; công việc; cộng đồng; cụ thể;
dân cư; dân tộc; danh mục; dịch vụ; doanh nghiệp; du lịch; dữ liệu; đào tạo; đánh giá; đảm bảo; đầu mối; đầu
tư; đẩy mạnh; điện tử; điều chỉnh; điều hành; định hướng; đơn vị; đô thị; đồng bộ; đổi mới; đôn đốc; đột phá;
giải pháp; giải quyết; giám sát; giáo dục; giao dịch; giao thông; hạ tầng; hành chính; hệ thống; hiện đại;
hiệu lực; hiệu quả; hình thành; hoạt động; hoàn thành; hoàn thiện; hồ sơ; hội đồng; hội nghị; hợp tác; hỗ trợ;
hướng dẫn; kế hoạch; kết luận; kết nối; kết quả; khai thác; khảo sát; khen thưởng; khó khăn; khoa học; không
gian; khởi nghiệp; khu vực; khuyến khích; kiểm tra; kiến nghị; kinh doanh; kinh phí; kinh tế; kỹ năng; kỹ
thuật; lãnh đạo; lĩnh vực; lộ trình; mạng lưới; minh bạch; mô hình; môi trường; mục đích; mục tiêu; năng lực;
nâng cao; nâng cấp; nền tảng; nghị định; nghị quyết; nghiên cứu; nghiệp vụ; ngoại vụ; nguồn lực; người dân;
nhà nước; nhân dân; nhân lực; nhân tạo; nhận thức; nhiệm vụ; nông nghiệp; nông thôn; ngân sách; pháp luật;
phát huy; phát triển; phân công; phân tích; phê duyệt; phối hợp; phổ biến; phổ cập; phụ lục; phục vụ; phương
án; phương tiện; quản lý; quản trị; quốc gia; quốc phòng; quy chế; quy định; quy hoạch; quy trình; quyết định;
rà soát; sản phẩm; sản xuất; sáng kiến; sáng tạo; sắp xếp; số hóa; sửa đổi; tài chính; tài khoản; tài liệu;
tài nguyên; tăng cường; tập huấn; thành lập; thành phố; thanh toán; tham mưu; thẩm định; thể chế; theo dõi;
thiết bị; thiết yếu; thông báo; thông minh; thông tin; thời gian; thời hạn; thủ trưởng; thủ tục; thương mại;
thường trực; thường xuyên; tích cực; tích hợp; tiêu chí; tiêu chuẩn; tiếp cận; tiếp nhận; tiếp tục; tiến độ;
toàn diện; toàn tỉnh; tổ chức; tổng hợp; tổng kết; trách nhiệm; trí tuệ; triển khai; trình độ; trọng tâm;
truyền thông; truyền thanh; trung tâm; trung ương; trực tuyến; trực thuộc; tuyên truyền; tỷ lệ; ứng dụng; ủy
ban; văn bản; văn hóa; văn phòng; vận hành; việc làm; viên chức; viễn thông; vướng mắc; xã hội; xây dựng; xử
lý; yêu cầu; thí điểm; đề xuất; địa bàn; địa phương; khắc phục; nội dung; nội vụ; y tế; tư pháp; công thương;
thanh tra; liên quan; đồng thời; kịp thời; quán triệt; tồn tại; hạn chế; nguyên nhân; đặc biệt
"""

# Real words, or seams between two words, that share their letters with a term: no slips.
ALLOWED = """
phần đầu; để an; để ăn; bao cao; năng cao; cấp tính; chi tiêu; chí đạo; chỉnh trị; chủ trí; chủ trị; chuyển
ngành; cơ số; công đồng; công tắc; cộng tác; danh giá; dân cử; đan cử; diễn từ; điện từ; diễu hành; dự liệu;
đầu từ; đóng bộ; đồ thị; đời mới; đốt phá; hạ tằng; hơi đồng; kiên nghị; liên quân; màng lưới; nhãn lực; nhận
thực; nhãn thức; phú lục; phụ lực; quốc phong; thanh trà; thành toán; theo đòi; thiết bì; thủ túc; thứ trưởng;
thương mãi; toàn tinh; truyền thống; từ pháp; văn hoa; văn bàn; văn phong; vân phong; viên thông; bọ trĩ; chế
do; hướng dân; chỉ thi; quân trị; do thị; tiêu chi; đầu tu; thi điểm; xa hội; cấp tinh;
số hoa; bao vệ; cải thiên; chủ tích
"""


def pairs(text: str) -> tuple[str, ...]:
    """The entries of a list written above."""
    return tuple(entry.strip() for entry in text.replace("\n", " ").split(";") if entry.strip())
